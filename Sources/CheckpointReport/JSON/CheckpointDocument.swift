public import CheckpointModel
public import EvidenceText

/// A checkpoint, or parts of it, as JSON: one document, or one line for each record.
///
/// The same input gives the same bytes. ``writeSchema(ofLines:to:)`` says what can be in it.
public struct CheckpointDocument {
    /// The version of the form: raised when a reader of an older version would misread a newer document.
    public static let version = 2

    /// What a document is about.
    public struct Subject: Sendable {
        /// The checkpoint.
        public let checkpoint: Checkpoint
        /// The processes, in the order in which they are written.
        public let processes: [Process]
        /// The version of the tool.
        public let toolVersion: String
        /// The arguments that the tool was called with, its name left out.
        public let arguments: [ByteText]

        /// Names what a document is about.
        ///
        /// - Parameters:
        ///   - checkpoint: The checkpoint.
        ///   - processes: The processes, in the order in which they are written.
        ///   - toolVersion: The version of the tool.
        ///   - arguments: The arguments that the tool was called with, its name left out.
        public init(_ checkpoint: Checkpoint, _ processes: [Process], toolVersion: String, arguments: [ByteText]) {
            self.checkpoint = checkpoint
            self.processes = processes
            self.toolVersion = toolVersion
            self.arguments = arguments
        }
    }

    private let subject: Subject
    private let parts: DocumentPart
    private let redacts: Bool

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - subject: What is written.
    ///   - parts: Which parts of it.
    ///   - redacts: Whether environment values, arguments and contents are masked.
    public init(_ subject: Subject, _ parts: DocumentPart, redacts: Bool = false) {
        self.subject = subject
        self.parts = parts
        self.redacts = redacts
    }

    /// Writes one document and a newline.
    public func write(to out: OutputBuffer) {
        var json = JSONWriter(out, .init(parts: parts, redacts: redacts))
        Forms.document.write(&json, subject)
        out.append("\n")
    }

    /// Writes one line for each record.
    public func writeLines(to out: OutputBuffer) {
        let options = JSONWriter.Options(parts: parts, redacts: redacts, writesLines: true)
        RecordLines(out, options).write(subject, Forms.document)
    }

    /// The JSON Schema (draft 2020-12) of documents, and a newline.
    ///
    /// - Parameters:
    ///   - lines: Whether it is to describe each line of ``writeLines(to:)`` in place of a whole document.
    ///   - out: Where it goes.
    public static func writeSchema(ofLines lines: Bool, to out: OutputBuffer) {
        let name = "urn:cryoscope:checkpoint\(lines ? "-record" : ""):\(version)"
        let tree =
            lines ? SchemaBuilder.lines(name, Forms.document) : SchemaBuilder.document(name, Forms.document)
        tree.writeDocument(to: out)
    }
}
