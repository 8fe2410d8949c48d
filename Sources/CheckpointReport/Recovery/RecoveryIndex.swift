import CheckpointModel
public import EvidenceText

/// What was recovered from a checkpoint: the index beside the files, and a table.
public struct RecoveryIndex: Sendable {
    /// The version of the form: raised when a reader of an older version would misread a newer index.
    public static let version = 1

    /// The checkpoint, as the user named it.
    public let checkpoint: ByteText
    /// The version of the tool.
    public let toolVersion: String
    /// The files, in the order in which they were written.
    public let items: [RecoveredItem]

    /// Makes an index.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint, as the user named it.
    ///   - toolVersion: The version of the tool.
    ///   - items: The files, in the order in which they were written.
    public init(_ checkpoint: ByteText, toolVersion: String, _ items: [RecoveredItem]) {
        (self.checkpoint, self.toolVersion, self.items) = (checkpoint, toolVersion, items)
    }

    /// Writes the index as JSON.
    public func writeJSON(to out: OutputBuffer) {
        var json = JSONWriter(out, .init())
        Forms.recoveryIndex.write(&json, self)
        out.append("\n")
    }

    /// Prints a table of the files.
    public func writeTable(to out: OutputBuffer, _ style: TextStyle) {
        guard !items.isEmpty else {
            out.append(string: style.paint("nothing to recover", .faint) + "\n")
            return
        }
        var table = Table([
            .init(title: "FILE"), .init(title: "SIZE", isRightAligned: true),
            .init(title: "MISSING", isRightAligned: true),
            .init(title: "FROM", mayBeCut: true), .init(title: "OPEN IN", mayBeCut: true), .init(title: "NAME"),
        ])
        for item in items { table.add(row(item)) }
        table.write(to: out, style)
    }

    private func row(_ item: RecoveredItem) -> [Table.Cell] {
        let content = item.source.content
        let missing = item.missing.reduce(UInt64(0)) { $0 &+ ($1.range.upperBound - $1.range.lowerBound) }
        let state = item.failure.map { _ in "not written" } ?? (missing == 0 ? "-" : byteText(missing))
        let uses = item.source.uses.map(\.text).joined(separator: ", ")
        return [
            Table.Cell(item.fileName), Table.Cell(byteText(content.size)),
            Table.Cell(state, item.isComplete ? nil : .bad), Table.Cell(item.source.origin.image),
            Table.Cell(uses.isEmpty ? "-" : uses), Table.Cell(item.source.name?.forTerminal ?? "-", .name),
        ]
    }
}
