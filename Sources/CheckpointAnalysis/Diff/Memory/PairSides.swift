internal import CheckpointModel

/// The memory of two processes that are compared, opened.
struct PairSides {
    let before: Known<Side>
    let after: Known<Side>

    /// The memory of a process, as far as it is known.
    struct Side {
        let memory: ComparedMemory
        /// Its areas; nil if they are not known.
        let space: AddressSpace?
        /// The process; nil if the tree does not have it.
        let process: Process?
        let heapStart: UInt64?
    }

    /// - Parameters:
    ///   - old: The process before; nil if the tree does not have it.
    ///   - new: The process after; nil if the tree does not have it.
    init(
        _ pair: MemoryComparison.Pair, _ old: Process?, _ new: Process?, _ before: Checkpoint, _ after: Checkpoint,
        _ files: (before: RootFiles?, after: RootFiles?)
    ) {
        if let old, let new {
            self.before = PairSides.whole(before, old, files.before)
            self.after = PairSides.whole(after, new, files.after)
        } else {
            self.before = PairSides.pages(before, pair.before, old, files.before)
            self.after = PairSides.pages(after, pair.after, new, files.after)
        }
    }

    private static func whole(_ checkpoint: Checkpoint, _ process: Process, _ files: RootFiles?) -> Known<Side> {
        checkpoint.addressSpace(of: process, files: files).map { space in
            Side(
                memory: ComparedMemory(space), space: space, process: process,
                heapStart: space.heapStart)
        }
    }

    /// A side of which only pages are compared, since the other one knows no more.
    private static func pages(
        _ checkpoint: Checkpoint, _ pid: Int, _ process: Process?, _ files: RootFiles?
    ) -> Known<Side> {
        if process?.state.value?.hasEnded == true {
            return .missing(Absence(.notApplicable, "the process has ended"))
        }
        let space = process.flatMap { checkpoint.addressSpace(of: $0, files: files).value }
        return checkpoint.pages(of: pid).map {
            Side(memory: ComparedMemory($0), space: space, process: process, heapStart: nil)
        }
    }
}
