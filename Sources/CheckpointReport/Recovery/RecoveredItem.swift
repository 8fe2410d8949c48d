public import CheckpointModel

/// Content that was written to a file, or that could not be.
public struct RecoveredItem: Sendable {
    /// The name of the file that has it.
    public let fileName: String
    /// What was written.
    public let source: RecoverableContent
    /// What of it is missing; the file reads as zeros there.
    public let missing: [Content.MissingPart]
    /// Why there is no file; nil if there is.
    public let failure: String?

    /// Notes what became of content.
    ///
    /// - Parameters:
    ///   - fileName: The name of the file that has it, or would have.
    ///   - source: The content.
    ///   - missing: What of it is missing.
    ///   - failure: Why there is no file; nil if there is.
    public init(
        fileName: String, source: RecoverableContent, missing: [Content.MissingPart], failure: String? = nil
    ) {
        (self.fileName, self.source, self.missing, self.failure) = (fileName, source, missing, failure)
    }

    /// Whether all of the content is in the file.
    public var isComplete: Bool { missing.isEmpty && failure == nil }
}
