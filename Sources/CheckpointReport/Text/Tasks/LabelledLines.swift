import EvidenceText

/// Lines of a label and what it is about, the labels in a column of their own.
enum LabelledLines {
    private static let labelWidth = 14

    /// Writes a line. On a terminal a text that is too long goes on below itself: nothing is cut.
    static func write(_ label: String, _ text: String, to out: OutputBuffer, _ style: TextStyle) {
        out.append("  ")
        out.append(string: style.paint(label, .faint))
        out.append(spaces: max(labelWidth - label.count, 1))
        let room = style.width.map { max($0 - labelWidth - 2, 16) } ?? .max
        for (index, line) in wrapped(text, room).enumerated() {
            if index > 0 { out.append(spaces: labelWidth + 2) }
            out.append(string: line)
            out.append("\n")
        }
    }

    /// Lines of whole words, none wider than the room unless a word is.
    private static func wrapped(_ text: String, _ room: Int) -> [String] {
        guard terminalWidth(of: text) > room else { return [text] }
        var lines: [String] = []
        var line = ""
        var width = 0
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let next = terminalWidth(of: String(word))
            if !line.isEmpty && width + 1 + next > room {
                lines.append(line)
                line = String(word)
                width = next
            } else {
                line += line.isEmpty ? String(word) : " " + word
                width += next + (width == 0 ? 0 : 1)
            }
        }
        return lines + [line]
    }
}
