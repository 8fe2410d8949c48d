/// Divides the targets of a search into jobs, in order.
struct JobMaker {
    private let targets: [MemoryTarget]
    private let reach: SubjectMaker.Reach
    private var target = 0
    private var subjects: SubjectMaker?

    init(_ targets: [MemoryTarget], _ reach: SubjectMaker.Reach) {
        self.targets = targets
        self.reach = reach
    }

    /// The next jobs; none at the end.
    ///
    /// - Parameters:
    ///   - count: How many at the most.
    ///   - bytes: From how many places, or gathered bytes, on a job is large enough.
    ///   - limit: How many subjects a job has at the most.
    mutating func next(_ count: Int, _ bytes: UInt64, _ limit: Int) -> [ScanJob] {
        var jobs: [ScanJob] = []
        while jobs.count < count, let job = next(bytes, limit) { jobs.append(job) }
        return jobs
    }

    private mutating func next(_ bytes: UInt64, _ limit: Int) -> ScanJob? {
        while target < targets.count {
            if subjects == nil { subjects = SubjectMaker(targets[target].space, targets[target].ranges, reach) }
            var found: [Subject] = []
            var total: UInt64 = 0
            while total < bytes, found.count < limit, let subject = subjects?.next() {
                found.append(subject)
                total += max(subject.starts.upperBound - subject.starts.lowerBound, subject.gatheredCount)
            }
            if !found.isEmpty { return ScanJob(target: target, subjects: found) }
            subjects = nil
            target += 1
        }
        return nil
    }
}
