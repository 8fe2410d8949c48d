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
}
