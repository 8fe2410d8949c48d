public import CheckpointAnalysis
public import EvidenceText

/// Backtraces as one JSON document.
public struct BacktraceDocument: Sendable {
    /// The version of the form: raised when a reader of an older version would misread a newer document.
    static let version = 1

    let subject: CheckpointDocument.Subject
    let options: ProcessBacktrace.Options

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - subject: The checkpoint, and the processes in the order in which they are written.
    ///   - options: Where files are, and how far the backtraces go.
    public init(_ subject: CheckpointDocument.Subject, _ options: ProcessBacktrace.Options) {
        self.subject = subject
        self.options = options
    }

    /// Writes the document and a newline.
    public func write(to out: OutputBuffer) {
        var json = JSONWriter(out, .init())
        Forms.backtraces.write(&json, self)
        out.append("\n")
    }

    /// The JSON Schema (draft 2020-12) of documents, and a newline.
    public static func writeSchema(to out: OutputBuffer) {
        let tree = SchemaBuilder.document(
            "urn:cryoscope:backtraces:\(version)", Forms.backtraces, about: "Backtraces, as cryoscope prints them.")
        tree.writeDocument(to: out)
    }
}
