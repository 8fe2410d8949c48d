import EvidenceText

/// How the tool was called that wrote a document.
struct ToolCall: Sendable {
    /// The version of the tool.
    let version: String
    /// The arguments that it was called with, its name left out.
    let arguments: [ByteText]
}

extension CheckpointDocument.Subject {
    /// How the tool was called.
    var tool: ToolCall { ToolCall(version: toolVersion, arguments: arguments) }
}
