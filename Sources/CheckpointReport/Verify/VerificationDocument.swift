public import CheckpointAnalysis
public import EvidenceText

/// What was found about the wholeness of a checkpoint, as one JSON document.
public struct VerificationDocument: Sendable {
    /// The version of the form: raised when a reader of an older version would misread a newer document.
    static let version = 1

    let path: ByteText
    let tool: ToolCall
    let verification: Verification

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - path: The checkpoint, as the user named it.
    ///   - tool: How the tool was called.
    ///   - verification: What was found.
    public init(_ path: ByteText, _ tool: ToolCall, _ verification: Verification) {
        (self.path, self.tool) = (path, tool)
        self.verification = verification
    }

    /// Writes the document and a newline.
    public func write(to out: OutputBuffer) {
        var json = JSONWriter(out, .init())
        Forms.verification.write(&json, self)
        out.append("\n")
    }

    /// Writes the rules as an array, and a newline.
    public static func writeRules(to out: OutputBuffer) {
        var json = JSONWriter(out, .init())
        Form<[VerificationRule]>.list(Forms.rule).write(&json, VerificationRule.catalogue)
        out.append("\n")
    }

    /// The JSON Schema (draft 2020-12) of documents, and a newline.
    public static func writeSchema(to out: OutputBuffer) {
        let tree = SchemaBuilder.document(
            "urn:cryoscope:verification:\(version)", Forms.verification,
            about: "What was found about the wholeness of a checkpoint, as cryoscope prints it.")
        tree.writeDocument(to: out)
    }
}
