import EvidenceText

/// Writes differences as lines below a heading.
struct DifferenceLines {
    private let folding: DifferenceFolding
    private let showsBytes: Bool
    private let out: OutputBuffer
    private let style: TextStyle

    init(_ folding: DifferenceFolding, showsBytes: Bool, _ out: OutputBuffer, _ style: TextStyle) {
        (self.folding, self.showsBytes, self.out, self.style) = (folding, showsBytes, out, style)
    }

    func write(_ differences: [Difference]) {
        let lines = folding.lines(differences)
        let width = min(lines.reduce(0) { max($0, terminalWidth(of: $1.label)) }, 44)
        for line in lines {
            out.append("  ")
            out.append(string: style.paint(line.mark.text, line.mark.role))
            out.append(" ")
            out.append(string: line.label)
            out.append(spaces: max(width - terminalWidth(of: line.label), 0) + 2)
            out.append(string: style.paint(line.text, line.isFaint ? .faint : nil))
            out.append("\n")
            if showsBytes, let pages = line.pages { ByteDifferenceText(pages, out, style).write() }
        }
    }
}
