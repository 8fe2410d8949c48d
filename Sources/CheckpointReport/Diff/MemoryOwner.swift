public import CheckpointAnalysis

/// Whose memory is compared.
public struct MemoryOwner: Sendable {
    /// The process; nil if the trees of a pre-dump do not tell, and only pages are known.
    public let process: ProcessPair?
    /// The process ids, as page maps have them.
    public let pair: MemoryComparison.Pair
}

/// Pages that differ, with what has them.
public struct PageSubject: Sendable {
    /// Whose they are; nil for pages of a shared object or of a mapped deleted file.
    public let owner: MemoryOwner?
    /// The pages.
    public let change: PageChange
    /// The size of a page in bytes.
    public let pageSize: UInt64
    /// The memory of both sides, to be asked for the bytes.
    public let sides: (before: ComparedMemory?, after: ComparedMemory?)
    /// The shared object or file; nil for memory of a process.
    public let object: SharedDifference.Subject?
}

/// A memory area that differs.
public struct AreaSubject: Sendable {
    /// Whose it is.
    public let owner: MemoryOwner
    /// The area.
    public let change: AreaChange
}
