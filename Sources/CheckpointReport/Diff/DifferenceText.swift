import CheckpointAnalysis
import CheckpointModel
public import EvidenceText

/// Tells what differs between two checkpoints.
public struct DifferenceText {
    private let difference: CheckpointDifference
    private let out: OutputBuffer
    private let style: TextStyle

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - difference: What differs.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public init(_ difference: CheckpointDifference, to out: OutputBuffer, _ style: TextStyle) {
        (self.difference, self.out, self.style) = (difference, out, style)
    }

    /// Writes a summary, then the differences.
    public func write() {
        DifferenceSummary(difference).write(to: out, style)
        var group: [Difference] = []
        for item in difference.differences {
            if let last = group.last, last.subject.process?.key != item.subject.process?.key {
                write(group)
                group = []
            }
            group.append(item)
        }
        write(group)
    }

    // MARK: Groups

    private func write(_ group: [Difference]) {
        guard let first = group.first else { return }
        out.append("\n")
        guard let pair = first.subject.process else {
            out.append(string: style.paint("Checkpoint", .heading) + "\n")
            return writeLines(group)
        }
        // A process that came or went is told in its heading.
        let isWhole = pair.before == nil || pair.after == nil
        writeHeading(pair, isWhole ? first : nil)
        writeLines(isWhole ? Array(group.dropFirst()) : group)
    }

    private func writeHeading(_ pair: ProcessPair, _ whole: Difference?) {
        let mark = whole?.mark ?? ("~", .warning)
        let id = idText(pair)
        out.append(string: style.paint(mark.text, mark.role) + " " + style.paint("Process \(id)", .heading))
        out.append(string: whole.map { "  " + $0.text } ?? "  " + nameText(pair))
        if pair.isIDReused {
            out.append(
                string: style.paint(
                    "  (another process has this id \(pair.after == nil ? "after" : "before"))", .warning))
        }
        out.append("\n")
    }

    private func idText(_ pair: ProcessPair) -> String {
        let ids = [pair.before?.pid, pair.after?.pid].compactMap { $0 }
        return ids.count == 2 && ids[0] != ids[1] ? "\(ids[0]) → \(ids[1])" : ids.first.map(String.init) ?? "?"
    }

    private func nameText(_ pair: ProcessPair) -> String {
        let (old, new) = (pair.before?.name.value?.forTerminal, pair.after?.name.value?.forTerminal)
        return old == new ? new ?? "?" : "\(old ?? "?") → \(new ?? "?")"
    }

    // MARK: Lines

    private func writeLines(_ differences: [Difference]) {
        let lines = DifferenceFolding(difference.options.topics).lines(differences)
        let width = min(lines.reduce(0) { max($0, terminalWidth(of: $1.label)) }, 44)
        for line in lines {
            out.append("  ")
            out.append(string: style.paint(line.mark.text, line.mark.role))
            out.append(" ")
            out.append(string: line.label)
            out.append(spaces: max(width - terminalWidth(of: line.label), 0) + 2)
            out.append(string: style.paint(line.text, line.isFaint ? .faint : nil))
            out.append("\n")
        }
    }
}
