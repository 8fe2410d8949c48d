internal import CheckpointModel

/// Two sides whose pages are compared, and where.
struct PageTask: Sendable {
    let before: ComparedMemory
    let after: ComparedMemory
    let regions: [PageRegion]

    init(_ before: ComparedMemory, _ after: ComparedMemory, _ regions: [PageRegion]) {
        (self.before, self.after, self.regions) = (before, after, regions)
    }

    /// The size of a page in bytes: the smaller one, if the sides have different ones.
    var pageSize: UInt64 { min(before.pageSize, after.pageSize) }
}

/// What was found of the pages of a task.
struct PageFindings: Sendable {
    var changes: [PageChange] = []
    var counts = PageTally()

    /// Adds what a job found, in order.
    mutating func add(_ job: PageJob) {
        counts = counts + job.counts
        for change in job.changes { changes.join(change) }
    }
}

/// A part of a comparison that one thread does.
struct PageJob: Sendable {
    /// The place of the task.
    let task: Int
    /// The places of regions, and which bytes of each.
    let parts: [(region: Int, bytes: Range<UInt64>)]
    private(set) var changes: [PageChange] = []
    private(set) var counts = PageTally()
    private var read: [MemoryStretch.Bytes] = []

    init(task: Int, parts: [(region: Int, bytes: Range<UInt64>)]) {
        (self.task, self.parts) = (task, parts)
    }

    /// The job, done.
    func done(_ task: PageTask) -> PageJob {
        var walk = PageWalk(task.before, task.after)
        for part in parts { walk.go(through: task.regions[part.region], part.bytes) }
        var job = self
        (job.changes, job.counts, job.read) = (walk.changes, walk.counts, walk.read.before + walk.read.after)
        return job
    }

    /// Gives back what was read.
    func release() {
        for bytes in read { bytes.release(0..<bytes.count) }
    }
}

/// Divides tasks into jobs, in order.
struct PageJobMaker {
    private var task = 0
    private var region = 0
    private var position: UInt64 = 0

    /// From how many bytes on a job is large enough.
    private static let jobBytes: UInt64 = 256 << 10
    private static let jobParts = 256

    /// The next jobs; none at the end.
    mutating func next(_ count: Int, _ tasks: [PageTask]) -> [PageJob] {
        var jobs: [PageJob] = []
        while jobs.count < count, let job = next(tasks) { jobs.append(job) }
        return jobs
    }

    private mutating func next(_ tasks: [PageTask]) -> PageJob? {
        while task < tasks.count {
            var parts: [(region: Int, bytes: Range<UInt64>)] = []
            var left = Self.jobBytes
            while region < tasks[task].regions.count, left > 0, parts.count < Self.jobParts {
                let found = tasks[task].portion(tasks[task].regions[region], from: position, left)
                parts.append((region, position..<found.end))
                left -= min(left, max(found.byteCount, 1))
                position = found.end
                if position >= tasks[task].regions[region].byteCount { (region, position) = (region + 1, 0) }
            }
            if !parts.isEmpty { return PageJob(task: task, parts: parts) }
            (task, region, position) = (task + 1, 0, 0)
        }
        return nil
    }
}

extension PageTask {
    /// The next part of a region that one job does.
    fileprivate func portion(_ region: PageRegion, from position: UInt64, _ limit: UInt64) -> (
        end: UInt64, byteCount: UInt64
    ) {
        let rest = position..<region.byteCount
        func portion(_ side: ComparedMemory, _ start: UInt64) -> (end: UInt64, byteCount: UInt64) {
            let found = side.portion(of: (start + rest.lowerBound)..<(start + rest.upperBound), limit)
            return (end: found.end - start, byteCount: found.byteCount)
        }
        let (old, new) = (portion(before, region.before), portion(after, region.after))
        var end = min(old.end, new.end)
        for _ in 0..<2 {
            end = before.blockEnd(at: region.before + end) - region.before
            end = after.blockEnd(at: region.after + end) - region.after
        }
        let past = (region.after &+ end) % pageSize
        if past != 0 { end = end.addingCapped(pageSize - past) }
        return (min(end, rest.upperBound), max(old.byteCount, new.byteCount))
    }
}
