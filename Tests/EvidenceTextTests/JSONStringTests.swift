import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

@Suite("JSON strings")
struct JSONStringTests {
    private func json(_ text: ByteText) -> String {
        let out = OutputBuffer()
        out.append(jsonString: text)
        return String(decoding: out.collected, as: UTF8.self)
    }

    private func parsed(_ json: String) throws -> String? {
        try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed) as? String
    }

    @Test(
        "Escapes",
        arguments: [
            ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#),
            ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
            ("\0\u{1}\u{1B}\u{1F}\u{7F}", #""\u0000\u0001\u001b\u001f\u007f""#),
            ("é\u{9B}\u{FFFF}", #""\u00e9\u009b\uffff""#),
            ("\u{10000}\u{1F600}\u{10FFFF}", #""\ud800\udc00\ud83d\ude00\udbff\udfff""#),
        ])
    func escapes(_ text: String, _ expected: String) {
        #expect(json(ByteText(text)) == expected)
    }

    @Test("Bytes that are not UTF-8 become the lone surrogates that Python restores them from")
    func loneBytes() {
        #expect(json(ByteText([0x61, 0xFF, 0x80, 0x62])) == #""a\udcff\udc80b""#)
        #expect(json(ByteText([0xED, 0xA0, 0x80])) == #""\udced\udca0\udc80""#)
        #expect(json(ByteText([0xE2, 0x82])) == #""\udce2\udc82""#)
    }

    @Test("Foundation reads every scalar back")
    func everyScalar() throws {
        for start in stride(from: UInt32(0), through: 0x10FFFF, by: 0x800) {
            let scalars = (start..<(start + 0x800)).compactMap(UnicodeScalar.init)
            let text = String(String.UnicodeScalarView(scalars))
            let found = try #require(try parsed(json(ByteText(text))))
            // Compared as scalars: strings are equal if they are canonically equivalent.
            #expect(found.unicodeScalars.elementsEqual(text.unicodeScalars), "from \(start)")
        }
    }

    @Test("The text is printable ASCII, whatever the bytes")
    func printable() {
        var generator = SeededGenerator(printingSeedFor: "JSON strings")
        for _ in 0..<500 {
            let bytes = (0..<40).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            #expect(json(ByteText(bytes)).utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
        }
    }

    @Test("Strings of our own, and text without quotes")
    func otherForms() {
        let out = OutputBuffer()
        out.append(jsonString: "é")
        Array("\n\"".utf8).withUnsafeBytes { out.appendEscaped($0) }
        #expect(String(decoding: out.collected, as: UTF8.self) == #""\u00e9"\n\""#)
    }
}
