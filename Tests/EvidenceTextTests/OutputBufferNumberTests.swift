import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Numbers in an output buffer")
struct OutputBufferNumberTests {
    private func text(_ body: (OutputBuffer) -> Void) -> String {
        let out = OutputBuffer()
        body(out)
        return String(decoding: out.collected, as: UTF8.self)
    }

    /// Numbers on both sides of every change in the count of digits.
    private static let borders: [UInt64] =
        [0, .max, .max - 1, UInt64(Int64.max), UInt64(Int64.max) + 1, 12345]
        + (1...19).flatMap { power -> [UInt64] in
            let border = (0..<power).reduce(UInt64(1)) { value, _ in value * 10 }
            return [border - 1, border, border + 1]
        }

    @Test("Decimal", arguments: borders)
    func decimal(_ value: UInt64) {
        #expect(text { $0.append(decimal: value) } == String(value))
    }

    @Test("Signed decimal", arguments: [Int64.min, .min + 1, -10000, -9999, -10, -9, -1, 0, 1, 9, 10, .max])
    func signedDecimal(_ value: Int64) {
        #expect(text { $0.append(decimal: value) } == String(value))
    }

    @Test(
        "Hexadecimal",
        arguments: [
            (UInt64(0), 1, "0"), (0, 0, "0"), (0, 4, "0000"), (0xA, 1, "a"), (0xAB, 1, "ab"), (0xAB, 8, "000000ab"),
            (0xABCDE, 4, "abcde"), (.max, 1, "ffffffffffffffff"), (1, 16, "0000000000000001"),
            (1, 99, "0000000000000001"), (.max, 99, "ffffffffffffffff"),
        ])
    func hexadecimal(_ value: UInt64, _ width: Int, _ shown: String) {
        #expect(text { $0.append(hexadecimal: value, width: width) } == shown)
    }

    @Test("Random numbers")
    func randomNumbers() {
        var generator = SeededGenerator(printingSeedFor: "numbers in an output buffer")
        for _ in 0..<2000 {
            let value = generator.next() >> (generator.next() % 64)
            #expect(text { $0.append(decimal: value) } == String(value))
            #expect(text { $0.append(hexadecimal: value) } == String(value, radix: 16))
        }
    }
}
