internal import CRIUImages
internal import EvidenceText

/// Builds the processes of a checkpoint from pstree.img and the core images.
struct ProcessTree {
    private let library: ImageLibrary

    init(_ library: ImageLibrary) {
        self.library = library
    }

    /// The processes in the order of the tree: each one is followed by its children, in the order of the image.
    ///
    /// A process whose parent is not there, or that is its own ancestor, is put at the root and noted as a problem.
    func processes() -> Known<[Process]> {
        library.records("pstree.img", PstreeEntry.self).map { entries in
            let order = ordered(entries)
            return order.map { process(entries[$0.index], at: $0.index, depth: $0.depth) }
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

    private func note(_ code: String, _ detail: String, entry: Int) {
        library.note(Problem(image: "pstree.img", entry: entry, offset: nil, code: code, detail: detail))
    }

    private func process(_ entry: PstreeEntry, at index: Int, depth: Int) -> Process {
        let core = library.needed("core-\(entry.pid).img", CoreEntry.self)
        let task = core.flatMap { core in
            core.tc.map { .value($0) } ?? .missing(Absence(.notRecorded, "core-\(entry.pid).img has no task part"))
        }
        let state = task.map { ProcessState(rawValue: $0.taskState) }
        return Process(
            pid: Int(entry.pid), parentID: Int(entry.ppid), groupID: Int(entry.pgid), sessionID: Int(entry.sid),
            state: state, name: task.map { $0.comm.withoutEndingNUL }, exitCode: task.flatMap { exitCode($0, core) },
            threads: threads(entry, at: index, leader: core, hasEnded: state.value?.hasEnded == true), depth: depth,
            imageIndex: index, ids: ProcessImageIDs(objects: objects(entry.pid, core, state)))
    }

    private func exitCode(_ task: TaskCoreEntry, _ core: Known<CoreEntry>) -> Known<ExitCode> {
        guard ProcessState(rawValue: task.taskState).hasEnded else {
            return .missing(Absence(.notApplicable, "the process has not ended"))
        }
        let machine = core.value.map { Architecture(rawValue: $0.mtype.rawValue) }
        return .value(ExitCode(waitStatus: task.exitCode, SignalNumbering(machine)))
    }

    /// The threads. Of a process that has ended CRIU lists one, whose number it never set.
    private func threads(
        _ entry: PstreeEntry, at index: Int, leader: Known<CoreEntry>, hasEnded: Bool
    ) -> [TaskThread] {
        let ids = hasEnded || entry.threads.isEmpty ? [entry.pid] : entry.threads
        var seen: Set<UInt32> = []
        return ids.compactMap { id in
            guard seen.insert(id).inserted else {
                note("duplicate-thread", "process \(entry.pid) has the thread \(id) twice", entry: index)
                return nil
            }
            let core = id == entry.pid ? leader : library.needed("core-\(id).img", CoreEntry.self)
            let name = core.flatMap { core -> Known<ByteText> in
                if let name = core.threadCore?.comm ?? core.tc?.comm { return .value(name.withoutEndingNUL) }
                return .missing(Absence(.notRecorded, "core-\(id).img has no name"))
            }
            return TaskThread(id: Int(id), name: name)
        }
    }

    private func objects(
        _ pid: UInt32, _ core: Known<CoreEntry>, _ state: Known<ProcessState>
    ) -> Known<TaskKobjIdsEntry> {
        if state.value?.hasEnded == true { return .missing(.ended) }
        if let ids = core.value?.ids { return .value(ids) }
        return library.needed("ids-\(pid).img", TaskKobjIdsEntry.self)
    }
}

extension Absence {
    /// A process that has ended has no memory, files or directories.
    static let ended = Absence(.notApplicable, "the process has ended")
}
