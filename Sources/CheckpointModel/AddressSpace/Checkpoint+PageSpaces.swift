internal import CRIUImages

extension Checkpoint {
    /// The ids of processes that the tree does not have, but of which there are pages, ascending: all processes of a
    /// pre-dump, and none of other dumps.
    public var pagesOnlyPIDs: [Int] {
        let known = Set((processes.value ?? []).map(\.pid))
        return library.source.imageNames.compactMap { name in
            guard name.hasPrefix("pagemap-"), name.hasSuffix(".img") else { return nil }
            let digits = name.dropFirst("pagemap-".count).dropLast(".img".count)
            guard let pid = Int(digits), String(pid) == digits, pid > 0, !known.contains(pid) else { return nil }
            return pid
        }.sorted()
    }

    /// The pages of a process, be it known to the tree or not. They are read anew each time: keep them.
    ///
    /// - Parameter pid: The process id.
    public func pages(of pid: Int) -> Known<PageSpace> {
        let name = "pagemap-\(pid).img"
        let size = library.record("mm-\(pid).img", MmEntry.self).value.flatMap(MemoryLoader.pageSize)
        return PageMapParser(library, name, knownPageSize: size).parse().map { map in
            PageSpace(pid: pid, pageSize: map.pageSize, PageReader(.value(map), name: name, map.pageSize, library))
        }
    }
}
