import EvidenceText
import SystemPackage
import Testing

@Suite("Text for a terminal")
struct TerminalTextTests {
    /// Bytes, and how they are shown.
    private static let cases: [([UInt8], String)] = [
        (Array("plain ~!".utf8), "plain ~!"),
        ([0x0A, 0x0D, 0x09], #"\n\r\t"#),
        ([0x00, 0x07, 0x08, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x1F], #"\x00\x07\x08\x1b[31m\x1f"#),
        ([0x7F], #"\x7f"#),
        ([0x5C], #"\\"#),
        (Array(#"\n"#.utf8), #"\\n"#),
        // C1 controls: next line, and the control sequence introducer of eight bits.
        ([0xC2, 0x85], #"\u{85}"#),
        ([0xC2, 0x9B, 0x33, 0x31, 0x6D], #"\u{9B}31m"#),
        // The same as bare bytes, as terminals in eight-bit modes read them.
        ([0x9B], #"\x9b"#),
    ]

    private static let unicodeCases: [(String, String)] = [
        ("a\u{202E}b", #"a\u{202E}b"#),
        ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#),
        ("\u{200E}\u{200F}\u{61C}", #"\u{200E}\u{200F}\u{61C}"#),
        ("\u{200B}\u{200D}\u{FEFF}\u{2060}", #"\u{200B}\u{200D}\u{FEFF}\u{2060}"#),
        ("\u{AD}\u{34F}\u{115F}\u{3164}", #"\u{AD}\u{34F}\u{115F}\u{3164}"#),
        ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#),
        ("\u{E000}\u{10FFFF}\u{378}", #"\u{E000}\u{10FFFF}\u{378}"#),
        ("\u{E0041}\u{FE0F}", #"\u{E0041}\u{FE0F}"#),
        ("é漢\u{1F600}ж\u{301}", "é漢\u{1F600}ж\u{301}"),
        ("\u{A0}", "\u{A0}"),
    ]

    private static let brokenCases: [([UInt8], String)] = [
        ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
        ([0xC0, 0x80], #"\xc0\x80"#),
        ([0xE0, 0x80, 0xAF], #"\xe0\x80\xaf"#),
        ([0xF0, 0x8F, 0xBF, 0xBF], #"\xf0\x8f\xbf\xbf"#),
        ([0xF4, 0x90, 0x80, 0x80], #"\xf4\x90\x80\x80"#),
        ([0xF5, 0x61], #"\xf5a"#),
        ([0x61, 0xC3], #"a\xc3"#),
        ([0xE2, 0x82], #"\xe2\x82"#),
        ([0xF0, 0x9F, 0x98], #"\xf0\x9f\x98"#),
        ([0xE2, 0x82, 0x61], #"\xe2\x82a"#),
        ([0xE2, 0xC3, 0xA9], "\\xe2é"),
        ([0x80, 0xBF], #"\x80\xbf"#),
        ([0xFE, 0xFF], #"\xfe\xff"#),
    ]

    @Test("Controls are escaped", arguments: cases)
    func controls(_ bytes: [UInt8], _ shown: String) {
        #expect(ByteText(bytes).forTerminal == shown)
    }

    @Test("Characters that mislead are escaped, others are kept", arguments: unicodeCases)
    func characters(_ text: String, _ shown: String) {
        #expect(ByteText(text).forTerminal.unicodeScalars.elementsEqual(shown.unicodeScalars))
    }

    @Test("Bytes that are not UTF-8 are escaped one by one", arguments: brokenCases)
    func brokenBytes(_ bytes: [UInt8], _ shown: String) {
        #expect(ByteText(bytes).forTerminal == shown)
    }

    @Test("Only the bytes that are asked for are kept")
    func keeping() {
        let text = ByteText([0x5C, 0x0A, 0x09, 0x1B, 0xC2, 0x85])
        #expect(text.escaped(keeping: [0x5C]) == "\\" + #"\n\t\x1b\u{85}"#)
        #expect(text.escaped(keeping: [0x0A, 0x09]) == #"\\"# + "\n\t" + #"\x1b\u{85}"#)
        // Parts of a sequence of several bytes are not ASCII, and are never passed through.
        #expect(text.escaped(keeping: [0xC2, 0x85]) == #"\\\n\t\x1b\u{85}"#)
    }

    @Test("A buffer gets the same text as a string", arguments: cases.map(\.0) + brokenCases.map(\.0))
    func buffered(_ bytes: [UInt8]) {
        let out = OutputBuffer()
        out.append(ByteText(bytes))
        #expect(out.collected == Array(ByteText(bytes).forTerminal.utf8))
    }

    @Test("No control is left, whatever the bytes")
    func everyPair() {
        for pair in UInt16.min...UInt16.max {
            let shown = ByteText([UInt8(pair >> 8), UInt8(pair & 0xFF)]).forTerminal
            if shown.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                Issue.record("\(pair)")
            }
        }
    }
}
