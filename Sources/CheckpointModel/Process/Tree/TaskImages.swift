/// Which processes and threads a folder has images of, by the names of the images.
struct TaskImages {
    /// The ids of processes with an image that threads have none of, ascending.
    let processes: [UInt32]
    /// The ids of the other processes and threads: those with a core image and nothing else, ascending.
    let others: [UInt32]
    /// Whether any of them got so far that CRIU looked into it. A pre-dump has pages only.
    let hasTasks: Bool

    /// - Parameter names: The names of the files in a folder.
    init(_ names: some Sequence<String>) {
        var (processes, cores, hasIDs) = (Set<UInt32>(), Set<UInt32>(), false)
        for (sort, number) in names.lazy.compactMap(TaskImages.parts) {
            if sort == "core" { cores.insert(number) } else { processes.insert(number) }
            if sort == "ids" { hasIDs = true }
        }
        self.processes = processes.sorted()
        others = cores.subtracting(processes).sorted()
        hasTasks = hasIDs || !cores.isEmpty
    }

    /// Whether a name is one of an image of a process or thread.
    static func isTaskImage(_ name: String) -> Bool { parts(name) != nil }

    /// The sorts of images that processes have.
    private static let sorts: Set<Substring> = ["core", "ids", "mm", "fs", "pagemap"]

    /// The sort and the number in a name like `core-12.img`; nil for names of other images.
    static func parts(_ name: String) -> (sort: Substring, number: UInt32)? {
        guard name.hasSuffix(".img"), let dash = name.utf8.firstIndex(of: UInt8(ascii: "-")) else { return nil }
        let sort = name[..<dash]
        let digits = name[name.utf8.index(after: dash)...].dropLast(".img".count)
        guard sorts.contains(sort), let number = UInt32(digits), String(number) == digits else { return nil }
        return (sort, number)
    }
}
