import CheckpointAnalysis
public import EvidenceText

/// Tells what differs between two images.
public struct ImageDifferenceText {
    private let difference: ImageDifference
    private let out: OutputBuffer
    private let style: TextStyle
    private let showsBytes: Bool

    /// How many differences are laid out together at the most.
    private static let groupLimit = 10_000

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - difference: What differs.
    ///   - showsBytes: Whether the bytes of raw images that differ are shown, of both sides.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public init(_ difference: ImageDifference, showsBytes: Bool, to out: OutputBuffer, _ style: TextStyle) {
        (self.difference, self.showsBytes, self.out, self.style) = (difference, showsBytes, out, style)
    }

    /// Writes a summary, then the differences.
    public func write() {
        ImageDifferenceSummary(difference).write(to: out, style)
        var group: [Difference] = []
        var heading: EntryHeading?
        difference.forEach { item in
            let next = EntryHeading(item)
            if next != heading || group.count >= ImageDifferenceText.groupLimit {
                writeLines(group)
                group = []
            }
            if next != heading { write(next, item) }
            heading = next
            if !next.isWhole { group.append(item) }
        }
        writeLines(group)
    }

    private func write(_ heading: EntryHeading, _ first: Difference) {
        out.append("\n")
        if heading.isEntry {
            let mark = heading.isWhole ? first.mark : ("~", .warning)
            out.append(string: style.paint(mark.text, mark.role) + " ")
        }
        out.append(string: style.paint(heading.title, .heading))
        out.append(string: heading.label.isEmpty ? "" : "  " + heading.label)
        if heading.isWhole { out.append(string: "  " + first.text) }
        out.append("\n")
    }

    private func writeLines(_ differences: [Difference]) {
        DifferenceLines(DifferenceFolding([.image], foldsPages: !showsBytes), showsBytes: showsBytes, out, style)
            .write(differences)
    }
}

/// What differences of an image stand below.
private struct EntryHeading: Equatable {
    let title: String
    /// What tells the entry from others.
    let label: String
    /// Whether the heading tells the difference, since the entry came or went.
    let isWhole: Bool
    let isEntry: Bool

    init(_ difference: Difference) {
        guard case .image(let entry) = difference.subject, let place = entry.after ?? entry.before else {
            (title, label, isWhole, isEntry) = ("Image", "", false, false)
            return
        }
        let old = entry.before?.index ?? place.index
        title = "Entry \(old == place.index ? "" : "\(old) → ")\(place.index)"
        label = entry.label.map { "\($0.name) \(FactText.text($0.value))" } ?? ""
        isWhole = difference.change.path.isEmpty
        isEntry = true
    }
}
