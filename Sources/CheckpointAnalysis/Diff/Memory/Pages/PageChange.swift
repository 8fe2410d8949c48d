public import CheckpointModel

/// Consecutive pages of memory that differ in one way, at addresses that both sides have mapped. Of shared objects and files
/// the addresses are offsets.
public struct PageChange: Sendable, Equatable {
    /// The address of the first page after.
    let afterStart: UInt64
    /// The address of the first page before: another one only where an area was moved.
    let beforeStart: UInt64
    /// How many bytes the pages are.
    public let byteCount: UInt64
    /// Why bytes are not there; nil unless that is what there is to tell. Apart from the sort, so that a change takes 48
    /// bytes: there can be many.
    private let reason: MemoryStretch.Reason?
    private let sort: Sort
    /// What makes the pages differ beside the program; nil if nothing is known to.
    public let cause: Cause?
    /// The side whose bytes are in a hole of a pages image, of modified pages; nil if none is. They are zeros there, which
    /// they may have been, or what is left where CRIU gave up pages that a newer dump or a restore made needless; then
    /// the pages need not differ. It cannot be told which.
    public let holes: MemorySide?

    /// In what way pages differ.
    public enum Kind: Sendable, Equatable {
        /// Both sides have the bytes, and they differ.
        case modified
        /// The process has a page of its own now, where it had none: one of a file of which the process has a copy since it
        /// wrote to it, or memory that was never written to and read as zeros. Pages of zeros do not count as written to.
        case appeared
        /// The process had a page of its own, and has none now.
        case gone
        /// It cannot be told whether the pages differ, since the bytes of a side are not there, for a reason. If both
        /// sides lack them, the reason that tells more of a loss.
        case unknown(MemorySide, MemoryStretch.Reason)
    }

    /// A kind without its details.
    private enum Sort: UInt8 {
        case modified, appeared, gone, unknownBefore, unknownAfter, unknownBoth
    }

    init(
        afterStart: UInt64, beforeStart: UInt64, byteCount: UInt64, kind: Kind, cause: Cause?, holes: MemorySide? = nil
    ) {
        (self.afterStart, self.beforeStart, self.byteCount) = (afterStart, beforeStart, byteCount)
        (self.cause, self.holes) = (cause, holes)
        switch kind {
        case .modified: (sort, reason) = (.modified, nil)
        case .appeared: (sort, reason) = (.appeared, nil)
        case .gone: (sort, reason) = (.gone, nil)
        case .unknown(.before, let why): (sort, reason) = (.unknownBefore, why)
        case .unknown(.after, let why): (sort, reason) = (.unknownAfter, why)
        case .unknown(.both, let why): (sort, reason) = (.unknownBoth, why)
        }
    }

    /// In what way the pages differ.
    public var kind: Kind {
        let why = reason ?? .lost("")
        return switch sort {
        case .modified: .modified
        case .appeared: .appeared
        case .gone: .gone
        case .unknownBefore: .unknown(.before, why)
        case .unknownAfter: .unknown(.after, why)
        case .unknownBoth: .unknown(.both, why)
        }
    }

    /// What makes pages differ, though the program did not write to them.
    public enum Cause: String, Sendable, Hashable {
        /// All bytes that differ are in areas for restartable sequences, which the kernel writes to when a thread goes on.
        case restartableSequences = "rseq"
        /// CRIU puts its code at the beginning of the first executable area while it dumps, and takes it back, which leaves
        /// the process a copy of the page. Only one side has the copy, and the file is not at hand, so that it cannot be
        /// told whether anything else was changed in it.
        case injectedCode = "criu-code"
    }

    /// The addresses before.
    public var before: Range<UInt64> { beforeStart..<(beforeStart &+ byteCount) }

    /// The addresses after.
    public var after: Range<UInt64> { afterStart..<(afterStart &+ byteCount) }

    /// The addresses after, which are those before too unless an area was moved.
    public var addresses: Range<UInt64> { after }

    /// Whether the pages are at other addresses than before.
    public var isMoved: Bool { beforeStart != afterStart }

    /// How many pages they are.
    public func pageCount(pageSize: UInt64) -> UInt64 { pagesTouched(after, pageSize) }

    /// The same way, but other pages of the run.
    ///
    /// - Parameters:
    ///   - part: Which bytes, counted from the first one.
    ///   - cause: The cause.
    func part(_ part: Range<UInt64>, _ cause: Cause?) -> PageChange {
        PageChange(
            afterStart: afterStart + part.lowerBound, beforeStart: beforeStart + part.lowerBound,
            byteCount: part.upperBound - part.lowerBound, kind: kind, cause: cause, holes: holes)
    }
}

/// How many pages have a byte of a range.
func pagesTouched(_ range: Range<UInt64>, _ pageSize: UInt64) -> UInt64 {
    guard !range.isEmpty, pageSize > 0 else { return 0 }
    return (range.upperBound - 1) / pageSize - range.lowerBound / pageSize + 1
}
