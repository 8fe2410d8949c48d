import EvidenceText
import Testing

@Suite("Width of text")
struct TextWidthTests {
    @Test(
        "Columns",
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("ｆ", 2), ("ﾊ", 1), ("한", 2), ("ж", 1),
            ("\u{1F600}", 2), ("a漢\u{1F600}", 5), ("\\x1b", 4), ("\u{20DD}", 0),
        ])
    func width(_ text: String, _ columns: Int) {
        #expect(terminalWidth(of: text) == columns)
    }

    @Test("Characters of two columns, at the borders of their blocks and in them")
    func wide() {
        let borders: [UInt32] = [
            0x1100, 0x115F, 0x2329, 0x232A, 0x2E80, 0x3001, 0x303E, 0x3041, 0x4E00, 0x9FFF, 0xA4C6, 0xA960, 0xA97C,
            0xAC00,
            0xD7A3, 0xF900, 0xFAD9, 0xFE10, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x17000, 0x18CD5, 0x1B000,
            0x1B2FB,
            0x1F200, 0x1F265, 0x20000, 0x30000,
        ]
        let emoji =
            "\u{231A}\u{23F3}\u{2614}\u{267F}\u{26A1}\u{2705}\u{274C}\u{2B50}\u{1F004}\u{1F0CF}\u{1F18E}\u{1F680}\u{1F6EB}\u{1F7E0}\u{1FAE0}"
        for scalar in borders.compactMap(UnicodeScalar.init) + emoji.unicodeScalars {
            #expect(terminalWidth(of: String(scalar)) == 2, "\(scalar.value)")
        }
    }

    @Test("Characters of one column beside them")
    func narrow() {
        let values: [UInt32] = [
            0x10FF, 0x2328, 0x232B, 0x2E7F, 0x303F, 0xA4D0, 0xA95F, 0xA983, 0xFB00, 0xFE70, 0xFF61, 0xFFE8,
            0x2764,
            0x260E, 0x2708, 0x1F321, 0x1F3CD, 0x1F441, 0x1F575, 0x1F5A5, 0x1F6CB, 0x1F1E6, 0x1F1FF, 0x1D400,
        ]
        for scalar in values.compactMap(UnicodeScalar.init) {
            #expect(terminalWidth(of: String(scalar)) == 1, "\(scalar.value)")
        }
    }
}
