internal import CheckpointModel

/// Compares the memory of two processes: first the areas, then the pages, for which it makes a task.
struct PairComparison {
    let task: PageTask
    private let sides: PairSides
    private let areas: [AreaChange]
    private let isPagesOnly: Bool
    private let checkpoints: (before: Checkpoint, after: Checkpoint)

    init(
        _ pair: MemoryComparison.Pair, _ known: ProcessTable, _ before: Checkpoint, _ after: Checkpoint,
        _ files: (before: RootFiles?, after: RootFiles?), _ comparer: AreaComparer
    ) {
        sides = PairSides(pair, known.before[pair.before], known.after[pair.after], before, after, files)
        checkpoints = (before, after)
        guard let old = sides.before.value, let new = sides.after.value else {
            (areas, isPagesOnly) = ([], false)
            task = PageTask(.nothing, .nothing, [])
            return
        }
        if case (.pages(let list), .pages(let otherList)) = (old.memory.source, new.memory.source) {
            (areas, isPagesOnly) = ([], true)
            task = PageTask(old.memory, new.memory, PageRegion.union(list.listed, otherList.listed))
        } else if let space = old.space, let otherSpace = new.space {
            let sweep = AreaSweep(space, otherSpace, comparer, heapStarts: (old.heapStart, new.heapStart))
            (areas, isPagesOnly) = (sweep.changes, false)
            task = PageTask(old.memory, new.memory, sweep.regions)
        } else {
            (areas, isPagesOnly) = ([], false)
            task = PageTask(.nothing, .nothing, [])
        }
    }

    /// What differs, the pages included.
    func difference(_ findings: PageFindings) -> MemoryDifference {
        guard let old = sides.before.value, let new = sides.after.value else {
            return .missing(before: sides.before.absence, after: sides.after.absence)
        }
        return MemoryDifference(
            areas: areas, pages: labelled(findings.changes, old, new), counts: findings.counts,
            pageSize: task.pageSize, isPagesOnly: isPagesOnly, missing: nil)
    }

    private func labelled(
        _ changes: [PageChange], _ old: PairSides.Side, _ new: PairSides.Side
    ) -> [PageChange] {
        guard !changes.isEmpty else { return [] }
        var writes = KernelWrites()
        writes.codePages = [old.space, new.space].compactMap { $0.flatMap(KernelWrites.codePage) }
        if changes.contains(where: { $0.kind == .modified }) { writes.sequences = sequences(old.process, new.process) }
        return writes.label(changes, old.memory, new.memory)
    }

    /// The areas for restartable sequences of both sides; of a side that is not known those of the other.
    private func sequences(_ old: Process?, _ new: Process?) -> [Range<UInt64>] {
        let before = old.map { KernelWrites.sequences(checkpoints.before.threads(of: $0)) }
        let after = new.map { KernelWrites.sequences(checkpoints.after.threads(of: $0)) }
        guard let before, let after else { return (before ?? after ?? []).sorted { $0.lowerBound < $1.lowerBound } }
        return before.intersection(after).sorted { $0.lowerBound < $1.lowerBound }
    }
}

extension ComparedMemory {
    /// Memory without anything in it.
    static let nothing = ComparedMemory(Content.empty)
}
