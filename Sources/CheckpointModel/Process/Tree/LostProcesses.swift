internal import CRIUImages

/// Processes that the process tree does not tell of, since it is not there or damaged: CRIU writes pstree.img when all
/// processes have been dumped, so that a dump that failed has none. Their own images tell of them, but not whose children
/// they are.
struct LostProcesses {
    private let library: ImageLibrary
    /// Why the tree does not tell of them.
    private let absence: Absence
    private let images: TaskImages

    init(_ library: ImageLibrary, _ absence: Absence) {
        self.library = library
        self.absence = absence
        images = TaskImages(library.source.imageNames)
    }

    /// The processes that are not listed, by ascending id.
    func processes(besides listed: [Process]) -> [Process] {
        guard images.hasTasks else { return [] }
        let known = Set(listed.flatMap { [$0.pid] + $0.threads.map(\.id) })
        let others = images.others.filter { !known.contains(Int($0)) }
        let leaders = others.filter { core($0)?.tc != nil }
        let found = (images.processes.filter { !known.contains(Int($0)) } + leaders).sorted()
        let threads = LostThreads(library, Set(others).subtracting(leaders).sorted())
        let owned = threads.byOwner(found, besides: listed.map { UInt32(clamping: $0.pid) })
        return found.map { pid in
            let threads = owned[pid].map { [pid] + $0 } ?? []
            return ProcessMaker(library).process(pid, Kinship(unknown: absence), threads: threads)
        }
    }

    private func core(_ id: UInt32) -> CoreEntry? { library.record("core-\(id).img", CoreEntry.self).value }
}
