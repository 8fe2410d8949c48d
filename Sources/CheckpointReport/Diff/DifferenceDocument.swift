public import EvidenceText

/// What differs between two checkpoints or images as JSON: one document, or one line for each difference.
public struct DifferenceDocument: Sendable {
    /// The version of the form: raised when a reader of an older version would misread a newer document.
    public static let version = 1

    let comparison: DocumentedComparison
    let tool: ToolCall
    private let showsBytes: Bool

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - difference: What differs.
    ///   - showsBytes: Whether the bytes of pages that differ are written, of both sides.
    ///   - toolVersion: The version of the tool.
    ///   - arguments: The arguments that the tool was called with, its name left out.
    public init(
        _ difference: CheckpointDifference, showsBytes: Bool = false, toolVersion: String, arguments: [ByteText]
    ) {
        comparison = .checkpoints(difference)
        self.showsBytes = showsBytes
        tool = ToolCall(version: toolVersion, arguments: arguments)
    }

    /// Prepares to write what differs between two images; otherwise as for checkpoints.
    public init(_ difference: ImageDifference, showsBytes: Bool = false, toolVersion: String, arguments: [ByteText]) {
        comparison = .images(difference)
        self.showsBytes = showsBytes
        tool = ToolCall(version: toolVersion, arguments: arguments)
    }

    /// Writes one document and a newline.
    public func write(to out: OutputBuffer) {
        var json = JSONWriter(out, options(writesLines: false))
        Forms.difference.write(&json, self)
        out.append("\n")
    }

    /// Writes a line for the comparison, and one for each difference.
    public func writeLines(to out: OutputBuffer) {
        RecordLines(out, options(writesLines: true)).write(self, Forms.difference)
    }

    private func options(writesLines: Bool) -> JSONWriter.Options {
        .init(parts: showsBytes ? .all : .all.subtracting(.bytes), writesLines: writesLines)
    }

    /// The JSON Schema (draft 2020-12) of documents, and a newline.
    ///
    /// - Parameters:
    ///   - lines: Whether it is to describe each line of ``writeLines(to:)`` in place of a whole document.
    ///   - out: Where it goes.
    public static func writeSchema(ofLines lines: Bool, to out: OutputBuffer) {
        let name = "urn:cryoscope:difference\(lines ? "-record" : ""):\(version)"
        let about = "What differs between two CRIU checkpoints or images, as cryoscope tells it."
        let tree =
            lines
            ? SchemaBuilder.lines(name, Forms.difference, about: about)
            : SchemaBuilder.document(name, Forms.difference, about: about)
        tree.writeDocument(to: out)
    }
}
