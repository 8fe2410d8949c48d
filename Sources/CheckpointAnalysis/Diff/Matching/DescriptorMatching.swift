public import CheckpointModel

/// A descriptor of a process in two checkpoints, or in one of them.
public struct DescriptorPair: Sendable {
    /// The descriptor in the first checkpoint; nil if it was opened.
    public let before: Descriptor?
    /// The descriptor in the second checkpoint; nil if it was closed.
    public let after: Descriptor?
    /// Whether both lead to the same open file, as far as can be told.
    public let isSameFile: Bool

    /// Its number.
    public var number: UInt32 { before?.number ?? after?.number ?? 0 }
}

/// Which descriptors of a process are the same.
public struct DescriptorMatching: Sendable {
    /// The descriptors, by number; missing if one side has none, with the side that lacks them.
    public let pairs: [DescriptorPair]
    /// Which side has no descriptors, and why; nil if both have. If both lack them, nothing differs.
    public let missing: (side: FactChange.Side, absence: Absence)?

    /// Matches descriptors by number; where damage gave several the same number, the first with the first.
    ///
    /// - Parameters:
    ///   - before: The descriptors in the first checkpoint.
    ///   - after: The descriptors in the second checkpoint.
    ///   - areInodesKept: Whether the kernel's numbers of pipes and sockets mean the same in both.
    /// - Complexity: Linear in their number, but for sorting.
    public init(_ before: Known<[Descriptor]>, _ after: Known<[Descriptor]>, areInodesKept: Bool) {
        guard let old = before.value, let new = after.value else {
            pairs = []
            switch (before, after) {
            case (.missing(let absence), .value): missing = (.before, absence)
            case (.value, .missing(let absence)): missing = (.after, absence)
            default: missing = nil
            }
            return
        }
        missing = nil
        let pairs = KeyedPairs(old.map(\.number), new.map(\.number)).pairs.map { left, right in
            let (before, after) = (left.map { old[$0] }, right.map { new[$0] })
            return DescriptorPair(
                before: before, after: after, isSameFile: Self.isSameFile(before, after, areInodesKept))
        }
        self.pairs = pairs.sorted { $0.number < $1.number }
    }

    /// What is not in the images is not known to be another file.
    private static func isSameFile(_ before: Descriptor?, _ after: Descriptor?, _ areInodesKept: Bool) -> Bool {
        guard let before, let after else { return false }
        guard let left = before.file.value, let right = after.file.value else { return before.type == after.type }
        return FileIdentity.isSame(left, right, areInodesKept: areInodesKept)
    }
}
