internal import CheckpointModel

/// Compares pages on all processors. The result is the same whatever the threads do, and what is kept mapped is bounded.
struct PageRounds {
    /// How many jobs are done before what they read is given back.
    private static let roundSize = 64

    /// Goes through all tasks.
    ///
    /// - Returns: What was found, for each task.
    static func run(_ tasks: [PageTask]) -> [PageFindings] {
        var findings = tasks.map { _ in PageFindings() }
        var maker = PageJobMaker()
        while true {
            let jobs = maker.next(roundSize, tasks)
            if jobs.isEmpty { return findings }
            for job in jobs.inParallel({ $0.done(tasks[$0.task]) }) {
                findings[job.task].add(job)
                job.release()
            }
        }
    }
}
