internal import CheckpointModel

/// Compares memory that processes share, and deleted files that they map.
struct SharedComparison {
    private let pairs: SharedPairs
    private let before: Checkpoint
    private let after: Checkpoint

    init(_ pairs: SharedPairs, _ before: Checkpoint, _ after: Checkpoint) {
        (self.pairs, self.before, self.after) = (pairs, before, after)
    }

    /// What differs. The pairs are of processes, for which memory that none of them maps can be left out.
    func differences(_ processes: [MemoryComparison.Pair], onlyMapped: Bool) -> [SharedDifference] {
        let (old, new) = (Set(processes.map(\.before)), Set(processes.map(\.after)))
        let isTold = before.processes.value != nil && after.processes.value != nil
        let memory = pairs.memory.filter { pair in
            // A pre-dump does not tell of shared memory.
            guard isTold || (pair.before != nil && pair.after != nil) else { return false }
            return !onlyMapped || pair.before?.isMapped(by: old) == true || pair.after?.isMapped(by: new) == true
        }
        let subjects =
            memory.map { SharedDifference.Subject.memory(before: $0.before, after: $0.after) }
            + pairs.files.map { .deletedFile(before: $0.before, after: $0.after) }
        let tasks = subjects.map(task)
        return zip(zip(subjects, tasks), PageRounds.run(tasks)).map { pair, findings in
            SharedDifference(
                subject: pair.0, pages: findings.changes, counts: findings.counts, pageSize: pair.1.pageSize)
        }.filter { !$0.isEmpty }
    }

    private func task(_ subject: SharedDifference.Subject) -> PageTask {
        switch subject {
        case .memory(let old?, let new?):
            let size = max(old.size.value ?? .max, new.size.value ?? .max)
            return task(ComparedMemory(old, in: before), ComparedMemory(new, in: after), size)
        case .deletedFile(let old?, let new?):
            guard let content = old.content.value, let other = new.content.value else { break }
            return task(ComparedMemory(content), ComparedMemory(other), max(content.size, other.size))
        default: break
        }
        return PageTask(.nothing, .nothing, [])
    }

    private func task(_ old: ComparedMemory, _ new: ComparedMemory, _ size: UInt64) -> PageTask {
        PageTask(old, new, size == 0 ? [] : [PageRegion(before: 0, after: 0, byteCount: size, ties: [])])
    }
}

extension SharedMemoryObject {
    fileprivate func isMapped(by pids: Set<Int>) -> Bool { mappings.contains { pids.contains($0.pid) } }
}
