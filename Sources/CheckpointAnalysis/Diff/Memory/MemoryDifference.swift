public import CheckpointModel

/// What differs between the memory of two processes, or of one process in two checkpoints.
///
/// Shared memory and mapped deleted files are left out, but for private copies of their pages: each of them is compared
/// once, see ``SharedDifference``.
public struct MemoryDifference: Sendable {
    /// The areas that differ, by their lowest address on either side.
    public let areas: [AreaChange]
    /// The pages that differ where both sides have memory, by their lowest address on either side.
    public let pages: [PageChange]
    /// How many pages of both sides were compared.
    public let counts: PageTally
    /// The size of a page in bytes.
    public let pageSize: UInt64
    /// Whether the areas of a side are not known, as in a pre-dump, so that pages alone were compared: all that either page
    /// map lists.
    public let isPagesOnly: Bool
    /// Why the memory of a side is not there, so that nothing was compared; nil if it is.
    public let missing: Missing?

    /// Why nothing was compared.
    public struct Missing: Sendable, Equatable {
        /// Why the memory before is not there; nil if it is.
        public let before: Absence?
        /// Why the memory after is not there; nil if it is.
        public let after: Absence?

        /// Whether both sides lack it for one reason, as processes that have ended do.
        public var isSame: Bool { before == after }
    }

    /// Whether nothing differs, and nothing may differ.
    public var isEmpty: Bool { areas.isEmpty && pages.isEmpty && missing?.isSame != false }

    static func missing(before: Absence?, after: Absence?) -> MemoryDifference {
        MemoryDifference(
            areas: [], pages: [], counts: PageTally(), pageSize: 4096, isPagesOnly: false,
            missing: Missing(before: before, after: after))
    }
}
