public import CheckpointModel

/// Compares the memory of processes, of one checkpoint or two.
public struct MemoryComparison: Sendable {
    private let before: Checkpoint
    private let after: Checkpoint
    private let files: (before: RootFiles?, after: RootFiles?)

    /// Processes whose memory is compared.
    public struct Pair: Sendable {
        /// The process id before.
        public let before: Int
        /// The process id after.
        public let after: Int

        /// Names two processes; those of a pre-dump, which has no process tree, by the ids that its page maps have.
        public init(before: Int, after: Int) { (self.before, self.after) = (before, after) }
    }

    /// What was found.
    public struct Result: Sendable {
        /// What differs in the memory of each pair, in their order.
        public let processes: [MemoryDifference]
        /// What is shared by processes and differs, or that only one side has: memory by the number before, then such as
        /// is new, then deleted files that are mapped.
        public let shared: [SharedDifference]
    }

    /// How many processes are compared at once.
    private static let batchSize = 16

    /// - Parameters:
    ///   - before: The first checkpoint.
    ///   - after: The second one. If it is the very same object as the first, two processes of one checkpoint are compared,
    ///     and what they share is not.
    ///   - beforeFiles: Where unchanged pages of mapped files are read; nil if only those of deleted files are.
    ///   - afterFiles: The same for the second checkpoint.
    public init(
        before: Checkpoint, after: Checkpoint, beforeFiles: RootFiles? = nil, afterFiles: RootFiles? = nil
    ) {
        (self.before, self.after) = (before, after)
        files = (beforeFiles, afterFiles)
    }

    /// Compares the memory of processes.
    ///
    /// - Parameters:
    ///   - pairs: The processes. Each process should be in one pair at most.
    ///   - onlyMapped: Whether shared memory that none of the processes maps is left out.
    /// - Complexity: Reads all pages of both sides that are not the very same bytes in one image. The memory that it takes
    ///   grows with the areas and page runs, and with the changes, but not with the pages.
    public func run(_ pairs: [Pair], onlyMapped: Bool = false) -> Result {
        let isOneCheckpoint = before === after
        let known = ProcessTable(before, after)
        let shared = isOneCheckpoint ? nil : SharedPairs(before, after, pairs.map { ($0.before, $0.after) })
        let comparer = AreaComparer(isOneCheckpoint: isOneCheckpoint, objects: shared?.ties ?? .identity)
        var differences: [MemoryDifference] = []
        for start in stride(from: 0, to: pairs.count, by: Self.batchSize) {
            let batch = pairs[start..<min(start + Self.batchSize, pairs.count)].map {
                PairComparison($0, known, before, after, files, comparer)
            }
            let findings = PageRounds.run(batch.map(\.task))
            differences += zip(batch, findings).map { $0.difference($1) }
        }
        let found = shared.map { SharedComparison($0, before, after).differences(pairs, onlyMapped: onlyMapped) }
        return Result(processes: differences, shared: found ?? [])
    }

    /// The two sides of a pair, to be asked for the bytes that differ; nil where the memory of a side is not there. They are
    /// made anew each time: keep them.
    public func sides(_ pair: Pair) -> (before: ComparedMemory?, after: ComparedMemory?) {
        let sides = PairSides(
            pair, before.process(pair.before), after.process(pair.after), before, after, files)
        return (sides.before.value?.memory, sides.after.value?.memory)
    }
}

/// The processes of two checkpoints by their ids.
struct ProcessTable {
    let before: [Int: Process]
    let after: [Int: Process]

    init(_ before: Checkpoint, _ after: Checkpoint) {
        func table(_ checkpoint: Checkpoint) -> [Int: Process] {
            Dictionary((checkpoint.processes.value ?? []).map { ($0.pid, $0) }, uniquingKeysWith: { first, _ in first })
        }
        self.before = table(before)
        self.after = before === after ? self.before : table(after)
    }
}
