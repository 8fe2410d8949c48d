import CheckpointTestSupport
import Testing

@testable import EvidenceText

@Suite("UTF-8 scanner")
struct UTF8ScannerTests {
    /// What the scanner makes of bytes: the scalars, and the bytes that are part of none.
    private func scan(_ bytes: [UInt8]) -> (scalars: [UInt32], invalid: [UInt8]) {
        var scalars: [UInt32] = []
        var invalid: [UInt8] = []
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index < buffer.count {
                switch utf8Unit(in: buffer, at: index) {
                case .scalar(let value, let length):
                    scalars.append(value)
                    index += length
                case .invalid(let byte):
                    invalid.append(byte)
                    index += 1
                }
            }
        }
        return (scalars, invalid)
    }

    /// Whether the scanner and the standard library agree on what the bytes are.
    private func agrees(_ bytes: [UInt8]) -> Bool {
        let found = scan(bytes)
        guard let string = String(validating: bytes, as: UTF8.self) else { return !found.invalid.isEmpty }
        return found.invalid.isEmpty && found.scalars == string.unicodeScalars.map(\.value)
    }

    @Test("Every one and two bytes are read as the standard library reads them")
    func shortSequences() {
        for first in UInt8.min...UInt8.max {
            #expect(agrees([first]))
            for second in UInt8.min...UInt8.max where !agrees([first, second]) {
                Issue.record("\(first) \(second)")
            }
        }
    }

    @Test("Every scalar is read as itself")
    func everyScalar() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = UnicodeScalar(value) else { continue }
            let found = scan(Array(String(scalar).utf8))
            if found.scalars != [value] || !found.invalid.isEmpty { Issue.record("scalar \(value)") }
        }
    }

    @Test("Sequences of three and four bytes around the borders are read as the standard library reads them")
    func longSequences() {
        let second: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        let later: [UInt8] = [0x7F, 0x80, 0xBF, 0xC2]
        for first in UInt8(0xE0)...0xFF {
            for two in second {
                for three in later {
                    #expect(agrees([first, two, three]))
                    for four in later { #expect(agrees([first, two, three, four])) }
                }
            }
        }
    }

    @Test("Random bytes are read as the standard library reads them")
    func randomBytes() {
        var generator = SeededGenerator(printingSeedFor: "UTF-8 scanner")
        let bytes: [UInt8] = [0x20, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF3, 0xF4]
        for _ in 0..<5000 {
            let sample = (0..<Int.random(in: 0..<9, using: &generator)).map { _ in
                bytes.randomElement(using: &generator)!
            }
            if !agrees(sample) { Issue.record("\(sample)") }
        }
    }
}
