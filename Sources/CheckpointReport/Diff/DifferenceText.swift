import CheckpointAnalysis
import CheckpointModel
public import EvidenceText

/// Tells what differs between two checkpoints.
public struct DifferenceText {
    private let difference: CheckpointDifference
    private let out: OutputBuffer
    private let style: TextStyle
    /// Whether the bytes of pages that differ are shown.
    private let showsBytes: Bool

    /// How many differences are laid out together at the most: there can be millions of pages.
    private static let groupLimit = 10_000

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - difference: What differs.
    ///   - showsBytes: Whether the bytes that differ are shown, of both sides.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public init(_ difference: CheckpointDifference, showsBytes: Bool, to out: OutputBuffer, _ style: TextStyle) {
        (self.difference, self.showsBytes, self.out, self.style) = (difference, showsBytes, out, style)
    }

    /// Writes a summary, then the differences.
    public func write() {
        DifferenceSummary(difference).write(to: out, style)
        var group: [Difference] = []
        var heading: DifferenceHeading?
        difference.forEach { item in
            let next = DifferenceHeading(item)
            if next != heading {
                writeLines(group)
                group = []
                next.write(item, to: out, style)
                heading = next
                // A process that came or went is told in its heading.
                if next.isWhole { return }
            } else if group.count >= DifferenceText.groupLimit {
                writeLines(group)
                group = []
            }
            group.append(item)
        }
        writeLines(group)
    }

    private func writeLines(_ differences: [Difference]) {
        DifferenceLines(
            DifferenceFolding(difference.options.topics, foldsPages: !showsBytes), showsBytes: showsBytes, out, style
        ).write(differences)
    }
}
