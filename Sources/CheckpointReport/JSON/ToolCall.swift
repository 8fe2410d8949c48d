public import EvidenceText

/// How the tool was called that wrote a document.
public struct ToolCall: Sendable {
    /// The version of the tool.
    public let version: String
    /// The arguments that it was called with, its name left out.
    public let arguments: [ByteText]

    /// Tells how the tool was called.
    ///
    /// - Parameters:
    ///   - version: The version of the tool.
    ///   - arguments: The arguments that it was called with, its name left out.
    public init(version: String, arguments: [ByteText]) {
        self.version = version
        self.arguments = arguments
    }
}

extension CheckpointDocument.Subject {
    /// How the tool was called.
    public var tool: ToolCall { ToolCall(version: toolVersion, arguments: arguments) }
}
