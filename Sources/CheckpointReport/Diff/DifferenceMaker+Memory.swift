import CheckpointAnalysis
import CheckpointModel

extension DifferenceMaker {
    /// Whose memory is compared: the processes that both sides have, or, where a side is a pre-dump without a process tree,
    /// those of which both have pages.
    func memoryOwners() -> [MemoryOwner] {
        guard before.processes.value == nil || after.processes.value == nil else {
            return matching.pairs.compactMap { pair in
                guard let old = pair.before?.pid, let new = pair.after?.pid else { return nil }
                return MemoryOwner(process: pair, pair: .init(before: old, after: new))
            }
        }
        let others = Set(after.pagesPIDs)
        return before.pagesPIDs.filter { others.contains($0) && (options.pids.isEmpty || options.pids.contains($0)) }
            .map { MemoryOwner(process: nil, pair: .init(before: $0, after: $0)) }
    }
}

extension Checkpoint {
    /// The ids of processes of which there may be pages.
    fileprivate var pagesPIDs: [Int] { processes.value?.map(\.pid) ?? pagesOnlyPIDs }

    /// Whether it has pages, but no processes.
    var isPreDump: Bool { processes.value == nil && !pagesOnlyPIDs.isEmpty }
}
