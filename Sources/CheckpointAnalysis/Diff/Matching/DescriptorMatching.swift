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

    /// Matches descriptors by number.
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
        var rest = Dictionary(new.indices.map { (new[$0].number, $0) }, uniquingKeysWith: { first, _ in first })
        var pairs = old.map { descriptor in
            let other = rest.removeValue(forKey: descriptor.number).map { new[$0] }
            let isSame = other.map { Self.isSameFile(descriptor, $0, areInodesKept) } ?? false
            return DescriptorPair(before: descriptor, after: other, isSameFile: isSame)
        }
        pairs += rest.values.map { DescriptorPair(before: nil, after: new[$0], isSameFile: false) }
        self.pairs = pairs.sorted { $0.number < $1.number }
    }

    /// What is not in the images is not known to be another file.
    private static func isSameFile(_ before: Descriptor, _ after: Descriptor, _ areInodesKept: Bool) -> Bool {
        guard let left = before.file.value, let right = after.file.value else { return before.type == after.type }
        return FileIdentity.isSame(left, right, areInodesKept: areInodesKept)
    }
}
