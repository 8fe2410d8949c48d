import EvidenceText

/// Lays out rows in columns. The last column takes what is left of the line; where that is too little for its text, the
/// text is cut and ends in `…`.
struct Table {
    /// A column.
    struct Column {
        let title: String
        var isRightAligned = false
    }

    /// A piece of text, free of control characters.
    struct Cell: ExpressibleByStringInterpolation {
        let text: String
        var role: TextStyle.Role?

        init(_ text: String, _ role: TextStyle.Role? = nil) {
            self.text = text
            self.role = role
        }

        init(stringLiteral value: String) {
            self.init(value)
        }
    }

    private let columns: [Column]
    private var rows: [[Cell]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row, one cell for each column.
    mutating func add(_ row: [Cell]) {
        precondition(row.count == columns.count)
        rows.append(row)
    }

    /// Writes the titles and the rows.
    func write(to out: OutputBuffer, _ style: TextStyle) {
        let widths = columns.indices.map { index in
            rows.reduce(terminalWidth(of: columns[index].title)) { max($0, terminalWidth(of: $1[index].text)) }
        }
        writeRow(columns.map { Cell($0.title, .heading) }, widths, to: out, style)
        for row in rows { writeRow(row, widths, to: out, style) }
    }

    private func writeRow(_ row: [Cell], _ widths: [Int], to out: OutputBuffer, _ style: TextStyle) {
        var used = 0
        // No blanks at the end of a line.
        let last = row.lastIndex { !$0.text.isEmpty } ?? 0
        for index in row.indices.prefix(through: last) {
            let isLast = index == last
            let text = isLast ? fitted(row[index].text, style.width.map { max($0 - used, 8) }) : row[index].text
            let gap = max(widths[index] - terminalWidth(of: text), 0)
            if columns[index].isRightAligned { out.append(spaces: gap) }
            out.append(string: style.paint(text, row[index].role))
            if !columns[index].isRightAligned && !isLast { out.append(spaces: gap) }
            if !isLast { out.append("  ") }
            used += widths[index] + 2
        }
        out.append("\n")
    }
}

/// A text cut to a number of columns, with a sign that it was cut.
func fitted(_ text: String, _ width: Int?) -> String {
    guard let width, terminalWidth(of: text) > width else { return text }
    var result = ""
    var used = 0
    for character in text {
        let next = terminalWidth(of: String(character))
        if used + next > width - 1 { break }
        result.append(character)
        used += next
    }
    return result + "…"
}
