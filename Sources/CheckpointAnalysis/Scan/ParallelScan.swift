internal import CheckpointModel
internal import Synchronization

/// Goes through targets on all processors, and hands out what is found in the order of targets and addresses.
///
/// A round of jobs is done in parallel, then settled in order, made into results in parallel, and handed out in order, so
/// that the result is the same whatever the threads do, and that what is kept is bounded.
struct ParallelScan<S: Scanner> {
    let targets: [MemoryTarget]
    let scanner: S
    /// How many finds are handed out at the most.
    let limit: Int?

    private static var jobBytes: UInt64 { 256 << 10 }
    private static var jobSubjects: Int { 1024 }
    private static var sliceFinds: Int { 4096 }

    /// Some of the finds of a job.
    private struct Slice {
        let job: Int
        let finds: Range<Int>
    }

    /// Goes through everything.
    ///
    /// - Parameters:
    ///   - make: Makes something of finds of one target; called on several threads.
    ///   - body: Gets what was made, in order. Returns whether it wants more.
    /// - Throws: ``ScanFailure`` with its target, after what was found before it has been handed out.
    func run<Made: Sendable>(
        _ make: @Sendable (FindBatch) -> Made, _ body: (MemoryTarget, Made) -> Bool
    ) throws(SearchFailure) -> ScanEnding {
        var jobs = JobMaker(targets, scanner.reach)
        var roundSize = 8
        var left = limit ?? .max
        var last: UInt64 = 0
        while true {
            var round = jobs.next(roundSize, Self.jobBytes, Self.jobSubjects)
            if round.isEmpty { return .complete }
            round.changeInParallel { $0.run(scanner) }
            let failure = settle(&round, &last)
            let found = round.reduce(0) { $0 + $1.finds.count }
            defer { round.forEach { $0.release() } }
            if !handOut(round, min(found, left), make, body) { return .stopped }
            if found > left { return .limited }
            left -= found
            if let failure { throw failure }
            // Where there are many finds, fewer of them are kept at once.
            roundSize = found > 200_000 ? max(2, roundSize / 2) : min(64, roundSize * 2)
        }
    }

    /// Settles the jobs in order, up to the first that failed. Those behind it are emptied.
    private func settle(_ round: inout [ScanJob], _ last: inout UInt64) -> SearchFailure? {
        for index in round.indices {
            let target = targets[round[index].target]
            round[index].settle(after: &last, scanner, in: target.space)
            if let failure = round[index].failure {
                round.removeSubrange((index + 1)...)
                return SearchFailure(place: target.place, address: failure.address, detail: failure.detail)
            }
        }
        return nil
    }

    /// - Returns: Whether more is wanted.
    private func handOut<Made: Sendable>(
        _ round: [ScanJob], _ count: Int, _ make: @Sendable (FindBatch) -> Made, _ body: (MemoryTarget, Made) -> Bool
    ) -> Bool {
        let slices = slices(round, count)
        for start in stride(from: 0, to: slices.count, by: 16) {
            let part = Array(slices[start..<min(start + 16, slices.count)])
            let made = part.inParallel { slice in
                make(FindBatch(targets[round[slice.job].target], round[slice.job], slice.finds))
            }
            for (slice, made) in zip(part, made) {
                if !body(targets[round[slice.job].target], made) { return false }
            }
        }
        return true
    }

    private func slices(_ round: [ScanJob], _ count: Int) -> [Slice] {
        var slices: [Slice] = []
        var left = count
        for (index, job) in round.enumerated() {
            let wanted = min(job.finds.count, left)
            left -= wanted
            for start in stride(from: 0, to: wanted, by: Self.sliceFinds) {
                slices.append(Slice(job: index, finds: start..<min(start + Self.sliceFinds, wanted)))
            }
        }
        return slices
    }
}
