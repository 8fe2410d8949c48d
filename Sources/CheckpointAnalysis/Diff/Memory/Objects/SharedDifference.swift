public import CheckpointModel

/// What differs in memory that processes share, or in a deleted file that processes map: compared once, however many map it.
public struct SharedDifference: Sendable {
    /// What is compared.
    public let subject: Subject
    /// The pages that differ, by their offset. Of what only one side has none are listed.
    public let pages: [PageChange]
    /// How many pages were compared.
    public let counts: PageTally
    /// The size of a page in bytes.
    public let pageSize: UInt64

    /// What is compared; nil where a side does not have it.
    public enum Subject: Sendable {
        /// Memory that processes share.
        case memory(before: SharedMemoryObject?, after: SharedMemoryObject?)
        /// A deleted file that is mapped.
        case deletedFile(before: GhostFile?, after: GhostFile?)
    }

    /// Whether both sides have it, and nothing differs, or may.
    public var isEmpty: Bool {
        switch subject {
        case .memory(let before?, let after?): pages.isEmpty && before.size == after.size && before.name == after.name
        case .deletedFile(let before?, let after?):
            pages.isEmpty && before.content.value?.size == after.content.value?.size
        default: false
        }
    }
}
