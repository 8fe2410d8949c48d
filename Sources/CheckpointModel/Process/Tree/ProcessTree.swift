internal import CRIUImages

/// Builds the processes of a checkpoint from pstree.img and the core images.
struct ProcessTree {
    private let library: ImageLibrary

    init(_ library: ImageLibrary) {
        self.library = library
    }

    /// The processes in the order of the tree: each one is followed by its children, in the order of the image. Behind them,
    /// by id, are those that the image should tell of, but does not, since it is not there or damaged.
    ///
    /// A process whose parent is not there, or that is its own ancestor, is put at the root and noted as a problem.
    func processes() -> Known<[Process]> {
        let (entries, gap) = library.recordsAndGap("pstree.img", PstreeEntry.self)
        let listed = entries.map { entries in
            ordered(entries).map { process(entries[$0.index], at: $0.index, depth: $0.depth) }
        }
        guard let gap else { return listed }
        let lost = LostProcesses(library, gap).processes(besides: listed.value ?? [])
        guard !lost.isEmpty else { return listed }
        note(lost.count, gap)
        return .value((listed.value ?? []) + lost)
    }

    /// Says that processes are in no tree.
    private func note(_ count: Int, _ gap: Absence) {
        let processes = count == 1 ? "1 process is" : "\(count) processes are"
        let told = "\(processes) told by other images, without parents, groups and sessions"
        if gap.reason == .noImage {
            note(gap.reason.rawValue, "is not there: " + told)
        } else {
            note("lost-processes", "does not tell of all processes: " + told)
        }
    }

    private func ordered(_ entries: [PstreeEntry]) -> [(index: Int, depth: Int)] {
        var places: [UInt32: Int] = [:]
        for (index, entry) in entries.enumerated() where places.updateValue(index, forKey: entry.pid) != nil {
            note("duplicate-process", "two processes have the pid \(entry.pid)", entry: index)
        }
        var children: [UInt32: [Int]] = [:]
        var roots: [Int] = []
        for (index, entry) in entries.enumerated() {
            if entry.ppid != 0, places[entry.ppid] != nil, entry.ppid != entry.pid {
                children[entry.ppid, default: []].append(index)
            } else {
                if entry.ppid != 0 {
                    note(
                        "no-parent-process", "the parent \(entry.ppid) of process \(entry.pid) is not there",
                        entry: index)
                }
                roots.append(index)
            }
        }
        return walk(roots, children, entries)
    }

    /// Depth first, without recursion: a hostile tree can be as deep as it has entries.
    private func walk(_ roots: [Int], _ children: [UInt32: [Int]], _ entries: [PstreeEntry]) -> [(
        index: Int, depth: Int
    )] {
        var order: [(index: Int, depth: Int)] = []
        var visited = Array(repeating: false, count: entries.count)
        func visit(from root: Int) {
            var pending = [(index: root, depth: 0)]
            while let (index, depth) = pending.popLast() {
                guard !visited[index] else { continue }
                visited[index] = true
                order.append((index, depth))
                for child in (children[entries[index].pid] ?? []).reversed() { pending.append((child, depth + 1)) }
            }
        }
        roots.forEach(visit)
        for index in entries.indices where !visited[index] {
            note("own-ancestor", "process \(entries[index].pid) is its own ancestor", entry: index)
            visit(from: index)
        }
        return order
    }

    private func note(_ code: String, _ detail: String, entry: Int? = nil) {
        library.note(Problem(image: "pstree.img", entry: entry, offset: nil, code: code, detail: detail))
    }

    private func process(_ entry: PstreeEntry, at index: Int, depth: Int) -> Process {
        let kinship = Kinship(
            parentID: .value(Int(entry.ppid)), groupID: .value(Int(entry.pgid)), sessionID: .value(Int(entry.sid)),
            depth: depth, imageIndex: index)
        return ProcessMaker(library).process(entry.pid, kinship, threads: threads(entry, at: index))
    }

    /// The ids of the threads, each once.
    private func threads(_ entry: PstreeEntry, at index: Int) -> [UInt32] {
        var seen: Set<UInt32> = []
        return entry.threads.filter { id in
            if seen.insert(id).inserted { return true }
            note("duplicate-thread", "process \(entry.pid) has the thread \(id) twice", entry: index)
            return false
        }
    }
}
