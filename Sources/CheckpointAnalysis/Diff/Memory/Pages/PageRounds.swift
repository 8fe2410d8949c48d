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
            var jobs = maker.next(roundSize, tasks)
            if jobs.isEmpty { return findings }
            inParallel(&jobs) { $0.run(tasks[$0.task]) }
            for index in jobs.indices {
                findings[jobs[index].task].add(jobs[index])
                jobs[index].release()
            }
        }
    }
}
