import EvidenceText

/// Prints lines with a label in front, and headings above groups of them.
struct LabelledLines {
    let out: OutputBuffer
    let style: TextStyle
    /// How wide the labels are, with the gap behind them.
    private let labelWidth = 14

    /// A heading, with an empty line before it.
    func heading(_ text: String) {
        out.append("\n")
        out.append(string: style.paint(text, .heading))
        out.append("\n")
    }

    /// A line: a label and a text that is free of control characters. Text that is too long for the line is cut.
    func line(_ label: String, _ text: String, _ role: TextStyle.Role? = nil) {
        out.append(string: style.paint(label, .heading))
        out.append(spaces: max(labelWidth - label.count, 1))
        let room = style.width.map { max($0 - labelWidth, 8) }
        out.append(string: style.paint(fitted(text, room), role))
        out.append("\n")
    }

    /// A line, if there is a text for it.
    func line(_ label: String, ifAny text: String?, _ role: TextStyle.Role? = nil) {
        if let text, !text.isEmpty { line(label, text, role) }
    }

    /// A line without a label, indented.
    func item(_ text: String, _ role: TextStyle.Role? = nil) {
        out.append("  ")
        out.append(string: style.paint(fitted(text, style.width.map { max($0 - 2, 8) }), role))
        out.append("\n")
    }
}
