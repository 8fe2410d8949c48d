internal import CRIUImages

extension Checkpoint {
    /// The ids of processes that are not known, but of which there are pages, ascending: all processes of a pre-dump,
    /// and none of other dumps.
    public var pagesOnlyPIDs: [Int] {
        let known = Set((processes.value ?? []).map(\.pid))
        return library.source.imageNames.compactMap { name in
            guard let (sort, pid) = TaskImages.parts(name), sort == "pagemap", pid > 0, !known.contains(Int(pid))
            else { return nil }
            return Int(pid)
        }.sorted()
    }

    /// The pages of a process, be it known to the tree or not. They are read anew each time: keep them.
    ///
    /// - Parameter pid: The process id.
    public func pages(of pid: Int) -> Known<PageSpace> { library.pages(of: pid) }
}

extension ImageLibrary {
    /// The pages of a process, whether its areas are known or not.
    func pages(of pid: Int) -> Known<PageSpace> {
        let name = "pagemap-\(pid).img"
        let size = record("mm-\(pid).img", MmEntry.self).value.flatMap(MemoryLoader.pageSize)
        return PageMapParser(self, name, knownPageSize: size).parse().map { map in
            PageSpace(pid: pid, pageSize: map.pageSize, PageReader(.value(map), name: name, map.pageSize, self))
        }
    }
}
