import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Quoted-printable")
struct QuotedPrintableTests {
    private static func row(_ count: Int, _ letter: Character = "x") -> String {
        String(repeating: letter, count: count)
    }

    /// Bytes, and what `quopri.encodestring` of Python 3.11 makes of them.
    private static let encoded: [([UInt8], String)] =
        shortCases + [
            (Array(row(75).utf8), row(75)),
            (Array(row(76).utf8), row(76)),
            (Array(row(77).utf8), row(75) + "=\nxx"),
            (Array((row(76) + "\n").utf8), row(76) + "\n"),
            (Array((row(75) + "\ny").utf8), row(75) + "\ny"),
            (Array(row(73).utf8) + [0xFF], row(73) + "=\n=FF"),
            (Array(row(72).utf8) + [0xFF], row(72) + "=FF"),
            (Array(row(72).utf8) + [0xFF, 0xFF], row(72) + "=FF=\n=FF"),
            (Array((row(75) + "=").utf8), row(75) + "=\n=3D"),
            (Array((row(75) + " ").utf8), row(75) + "=\n=20"),
            (Array((row(75) + " y").utf8), row(75) + "=\n y"),
            (Array((row(75) + "\n.\n").utf8), row(75) + "\n=2E\n"),
            (Array(row(77, " ").utf8), row(75, " ") + "=\n =20"),
            (Array(repeating: 0, count: 26), String(repeating: "=00", count: 25) + "=\n=00"),
        ]

    private static let shortCases: [([UInt8], String)] = [
        ([], ""), ([0x61], "a"), ([0x3D], "=3D"), ([0x20], "=20"), ([0x61, 0x20], "a=20"),
        ([0x61, 0x20, 0x0A, 0x62], "a=20\nb"), ([0x61, 0x09, 0x0A, 0x62], "a=09\nb"), ([0x09], "=09"),
        ([0x0A], "\n"), ([0x0A, 0x0A], "\n\n"), ([0x2E], "=2E"), ([0x2E, 0x0A, 0x2E], "=2E\n=2E"),
        ([0x2E, 0x00], "=2E=00"), ([0x2E, 0x2E], ".."), ([0x61, 0x2E], "a."), ([0x7E, 0x7F, 0x21], "~=7F!"),
        ([0x00, 0x62, 0x69, 0x6E, 0xFF, 0xFE], "=00bin=FF=FE"), ([0x1B, 0x5D, 0x30, 0x07], "=1B]0=07"),
    ]

    @Test("Encodes as Python does, and back", arguments: encoded)
    func encode(_ bytes: [UInt8], _ text: String) {
        #expect(QuotedPrintable.encode(bytes) == ByteText(text))
        #expect(QuotedPrintable.decode(Array(text.utf8)) == bytes)
    }

    @Test(
        "Decodes as Python does",
        arguments: [
            ("=", ""), ("a=", "a"), ("==", "="), ("==41", "=41"), ("=4", "=4"), ("=4G", "=4G"), ("=\n", ""),
            ("=\r\nx", "x"), ("=\rx\ny", "y"), ("a=\r", "a"), ("=41=42", "AB"), ("=4a", "J"), ("a=\n=41", "aA"),
            ("x=2", "x=2"), ("a_b", "a_b"), ("a\r\nb", "a\r\nb"), ("a \nb", "a \nb"),
        ])
    func decode(_ text: String, _ decoded: String) {
        #expect(QuotedPrintable.decode(Array(text.utf8)) == Array(decoded.utf8))
    }

    @Test(
        "Line ends that Python would change or leave bare are escaped",
        arguments: [
            ("a\rb", "a=0Db"), ("a\r\nb", "a=0D=0Ab"), ("a\r\n\nb", "a=0D=0A=0Ab"), ("\n\r", "=0A=0D"),
        ])
    func carriageReturns(_ text: String, _ encoded: ByteText) {
        #expect(QuotedPrintable.encode(Array(text.utf8)) == encoded)
        #expect(QuotedPrintable.decode(encoded.bytes) == Array(text.utf8))
    }

    @Test("Random bytes come back")
    func randomBytes() {
        var generator = SeededGenerator(printingSeedFor: "quoted-printable")
        let letters: [UInt8] = [0x00, 0x09, 0x0A, 0x0D, 0x20, 0x2E, 0x3D, 0x41, 0x78, 0x7F, 0xFF]
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
                letters.randomElement(using: &generator)!
            }
            let text = QuotedPrintable.encode(bytes).bytes
            #expect(QuotedPrintable.decode(text) == bytes)
            // 76, but for an escaped blank at the end of a line, for which Python takes two more.
            #expect(text.split(separator: 0x0A).allSatisfy { $0.count <= 78 })
        }
    }
}
