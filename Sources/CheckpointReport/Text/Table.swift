import EvidenceText

/// Lays out rows in columns. The last column takes what is left of the line; where that is too little for its text, the
/// text is cut and ends in `…`. Before that, columns that may be cut make room for it.
struct Table {
    /// A column.
    struct Column {
        let title: String
        var isRightAligned = false
        /// Whether its texts may be cut, to leave the last column some room.
        var mayBeCut = false
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
    /// The lines below rows, by the number of the row.
    private var notes: [Int: [String]] = [:]

    init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row, one cell for each column.
    ///
    /// All cells but the last are cut to a width that no honest text of them has: one long cell would pad every row.
    mutating func add(_ row: [Cell]) {
        precondition(row.count == columns.count)
        rows.append(
            row.enumerated().map { index, cell in
                index == columns.count - 1 ? cell : Cell(fitted(cell.text, Table.widestCell), cell.role)
            })
    }

    /// Adds lines below the last row, further to the right, for what has no column.
    ///
    /// - Parameter texts: Free of control characters.
    mutating func add(notes texts: [String]) {
        guard !rows.isEmpty, !texts.isEmpty else { return }
        notes[rows.count - 1, default: []] += texts
    }

    private static let widestCell = 64
    private static let noteIndent = 6

    /// The table; nil if it has no rows.
    var ifAny: Table? { rows.isEmpty ? nil : self }

    /// Writes the titles and the rows.
    func write(to out: OutputBuffer, _ style: TextStyle) {
        let natural = columns.indices.map { index in
            rows.reduce(terminalWidth(of: columns[index].title)) { max($0, terminalWidth(of: $1[index].text)) }
        }
        let widths = style.width.map { narrowed(natural, to: $0) } ?? natural
        writeRow(columns.map { Cell($0.title, .heading) }, widths, to: out, style)
        for (index, row) in rows.enumerated() {
            writeRow(row, widths, to: out, style)
            for note in notes[index] ?? [] {
                out.append(spaces: Table.noteIndent)
                let room = style.width.map { max($0 - Table.noteIndent, 8) }
                out.append(string: style.paint(fitted(note, room), .faint))
                out.append("\n")
            }
        }
    }

    /// The widths of columns, those that may be cut made narrower as far as the last one needs room.
    private func narrowed(_ natural: [Int], to width: Int) -> [Int] {
        var widths = natural
        let last = columns.count - 1
        let texts = columns.indices.filter { $0 < last && columns[$0].mayBeCut }
        while widths[..<last].reduce(0, { $0 + $1 + 2 }) + min(natural[last], 16) > width,
            let widest = texts.max(by: { widths[$0] < widths[$1] }), widths[widest] > 8
        {
            widths[widest] -= 1
        }
        return widths
    }

    private func writeRow(_ row: [Cell], _ widths: [Int], to out: OutputBuffer, _ style: TextStyle) {
        var used = 0
        // No blanks at the end of a line.
        let last = row.lastIndex { !$0.text.isEmpty } ?? 0
        for index in row.indices.prefix(through: last) {
            let isLast = index == last
            let room = index == row.count - 1 ? style.width.map { max($0 - used, 8) } : widths[index]
            let text = fitted(row[index].text, room)
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
