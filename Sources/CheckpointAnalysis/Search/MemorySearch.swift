public import CheckpointModel

/// Searches the memory of a checkpoint: of processes, memory that they share (once, however many map it), and files and
/// queues whose content the images have.
///
/// What is contiguous in memory is searched as one, wherever the images have it.
public struct MemorySearch: Sendable {
    private let checkpoint: Checkpoint
    private let targets: [MemoryTarget]
    private let pattern: SearchPattern
    private let context: Int
    private let limit: Int?

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - checkpoint: What is searched.
    ///   - selection: Which of its memory.
    ///   - files: Where unchanged pages of mapped files are read; nil if they are not.
    ///   - pattern: For what.
    ///   - context: How many bytes around a match hits have.
    ///   - limit: How many hits are given at the most; nil for all.
    public init(
        _ checkpoint: Checkpoint, _ selection: MemorySelection, files: RootFiles? = nil, _ pattern: SearchPattern,
        context: Int, limit: Int?
    ) {
        self.checkpoint = checkpoint
        self.pattern = pattern
        self.context = context
        self.limit = limit
        targets = TargetList(checkpoint, selection, files: files).targets()
    }

    /// Searches.
    ///
    /// Hits come by process and address, then by number and offset in shared memory, then by the order of files and queues.
    ///
    /// - Parameters:
    ///   - make: Makes something of some hits, which are in order; called on several threads.
    ///   - body: Gets what was made, in order. Returns whether it wants more.
    /// - Throws: ``SearchFailure`` if the expression takes too much, after the hits before that place.
    public func run<Made: Sendable>(
        _ make: @Sendable ([SearchHit]) -> Made, _ body: (Made) -> Bool
    ) throws(SearchFailure) -> ScanEnding {
        let details = HitDetails(checkpoint, context: context)
        let scan = ParallelScan(targets: targets, scanner: PatternScanner(pattern: pattern), limit: limit)
        return try scan.run { batch in
            var hits: [SearchHit] = []
            batch.forEach { hits.append(details.hit($0, in: batch.target)) }
            return make(hits)
        } _: { _, made in
            body(made)
        }
    }
}
