public import CheckpointAnalysis
public import CheckpointModel

/// What differs between two checkpoints.
public struct CheckpointDifference: Sendable {
    /// What is compared.
    public struct Options: Sendable {
        /// The topics.
        public var topics = Set(DifferenceTopic.allCases)
        /// Only processes with these ids, on either side; all, if empty.
        public var pids: Set<Int> = []
        /// Whether what is the same is listed too.
        public var keepsUnchanged = false
        /// Whether differences that CRIU itself makes are left out.
        public var ignoresCRIU = false
        /// Two processes that are compared whatever they are, in place of all.
        public var processes: (before: Process, after: Process)?

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
    /// The differences of the checkpoint as a whole, then those of each process in the order of the tree.
    public let differences: [Difference]

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
        let all = maker.differences()
        differences = options.ignoresCRIU ? all.filter { $0.cause == nil } : all
    }

    /// Whether anything differs. What one side lacks, so that nobody can tell, is no difference.
    public var isDifferent: Bool { differences.contains { $0.change.kind.isDifference } }
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
