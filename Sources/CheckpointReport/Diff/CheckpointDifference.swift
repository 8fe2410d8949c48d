public import CheckpointAnalysis
public import CheckpointModel

/// What differs between two checkpoints.
public struct CheckpointDifference: Sendable {
    /// What is compared.
    public struct Options: Sendable {
        /// The topics.
        public var topics = Set(DifferenceTopic.ofCheckpoints)
        /// Only processes with these ids, on either side; all, if empty.
        public var pids: Set<Int> = []
        /// Whether what is the same is listed too.
        public var keepsUnchanged = false
        /// Whether differences that CRIU itself makes are left out.
        public var ignoresCRIU = false
        /// Two processes that are compared whatever they are, in place of all.
        public var processes: (before: Process, after: Process)?

        /// Where unchanged pages of mapped files are read, for either side.
        public var files: (before: RootFiles?, after: RootFiles?) = (nil, nil)

        /// Everything is compared.
        public init() {}
    }

    /// The first checkpoint.
    public let before: Checkpoint
    /// The second checkpoint.
    public let after: Checkpoint
    /// What was compared.
    public let options: Options
    /// The processes that were compared.
    public let processes: [ProcessPair]
    /// Whether the kernel's numbers of pipes and sockets mean the same in both checkpoints.
    public let areInodesKept: Bool
    let groups: [DifferenceGroup]
    private let memory: MemoryComparison
    private let shared: [SharedDifference]

    /// Compares two checkpoints.
    ///
    /// - Parameters:
    ///   - before: The first.
    ///   - after: The second, which may be the first.
    ///   - options: What is compared.
    public init(_ before: Checkpoint, _ after: Checkpoint, _ options: Options = Options()) {
        let maker = DifferenceMaker(before, after, options)
        (self.before, self.after, self.options) = (before, after, options)
        processes = maker.matching.pairs
        areInodesKept = maker.areInodesKept
        memory = maker.memory
        (groups, shared) = maker.groups()
    }

    /// Calls a function with each difference: those of the checkpoint as a whole, of each process in the order of the tree,
    /// of what processes share.
    ///
    /// Differences of pages are made while they are told, since there can be many.
    public func forEach(_ body: (Difference) -> Void) {
        for group in groups {
            for difference in group.differences where isTold(difference.cause != nil) { body(difference) }
            guard let found = group.memory else { continue }
            MemoryDifferences(found, memory).forEach { if isTold($0.cause != nil) { body($0) } }
        }
        for object in shared { SharedObjectDifferences(object, before, after).forEach(body) }
    }

    /// Whether anything differs. What one side lacks, so that nobody can tell, is no difference.
    public var isDifferent: Bool {
        !shared.allSatisfy { !SharedObjectDifferences($0, before, after).isDifferent }
            || groups.contains { group in
                group.differences.contains { isTold($0.cause != nil) && $0.change.kind.isDifference }
                    || group.memory.map { isDifferent($0.difference) } ?? false
            }
    }

    private func isDifferent(_ memory: MemoryDifference) -> Bool {
        !memory.areas.isEmpty || memory.pages.contains { isTold($0.cause != nil) && $0.isDifference }
    }

    /// Whether a difference is told, by whether it has a cause beside the dumped programs.
    private func isTold(_ hasCause: Bool) -> Bool { !hasCause || !options.ignoresCRIU }
}

extension PageChange {
    /// Whether the pages are known to differ.
    var isDifference: Bool {
        if case .unknown = kind { return false }
        return true
    }
}

/// The differences of a process, or of the checkpoint as a whole.
struct DifferenceGroup: Sendable {
    /// All but those of memory.
    var differences: [Difference]
    /// What differs in memory, and whose it is.
    var memory: (owner: MemoryOwner, difference: MemoryDifference)?
}

extension FactChange.Kind {
    /// Whether it is a difference.
    var isDifference: Bool {
        switch self {
        case .appeared, .gone, .changed: true
        case .unknown, .same: false
        }
    }
}
