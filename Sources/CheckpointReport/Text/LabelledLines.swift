import EvidenceText

/// Prints lines with a label in front, the texts in a column of their own, and headings above groups of them.
///
/// On a terminal a text that is too long goes on below itself: nothing is cut.
struct LabelledLines {
    let out: OutputBuffer
    let style: TextStyle
    /// How far the lines are indented.
    var indent = 0
    /// How labels are painted.
    var labelRole = TextStyle.Role.heading
    /// How wide the labels are, with the gap behind them.
    private let labelWidth = 14

    init(out: OutputBuffer, style: TextStyle, indent: Int = 0, labelRole: TextStyle.Role = .heading) {
        self.out = out
        self.style = style
        self.indent = indent
        self.labelRole = labelRole
    }

    /// A heading, with an empty line before it.
    func heading(_ text: String) {
        out.append("\n")
        out.append(string: style.paint(text, .heading))
        out.append("\n")
    }

    /// A line: a label and a text that is free of control characters.
    func line(_ label: String, _ text: String, _ role: TextStyle.Role? = nil) {
        out.append(spaces: indent)
        out.append(string: style.paint(label, labelRole))
        out.append(spaces: max(labelWidth - label.count, 1))
        write(text, role, below: indent + labelWidth)
    }

    /// A line, if there is a text for it.
    func line(_ label: String, ifAny text: String?, _ role: TextStyle.Role? = nil) {
        if let text, !text.isEmpty { line(label, text, role) }
    }

    /// A line without a label, indented.
    func item(_ text: String, _ role: TextStyle.Role? = nil) {
        out.append("  ")
        write(text, role, below: 4)
    }

    private func write(_ text: String, _ role: TextStyle.Role?, below column: Int) {
        let room = style.width.map { max($0 - column, 16) } ?? .max
        for (index, line) in wrappedLines(text, room).enumerated() {
            if index > 0 { out.append(spaces: column) }
            out.append(string: style.paint(line, role))
            out.append("\n")
        }
    }
}

/// A text in lines of whole words, none wider than the room unless a word is.
func wrappedLines(_ text: String, _ room: Int) -> [String] {
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
