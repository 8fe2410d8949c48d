internal import CRIUImages
internal import EvidenceText

/// Makes processes of the images that are theirs.
struct ProcessMaker {
    private let library: ImageLibrary

    init(_ library: ImageLibrary) {
        self.library = library
    }

    /// A process.
    ///
    /// - Parameters:
    ///   - pid: Its id.
    ///   - kinship: Whose it is.
    ///   - threads: The ids of its threads, each once; empty for the leader alone.
    func process(_ pid: UInt32, _ kinship: Kinship, threads: [UInt32]) -> Process {
        let core = library.needed("core-\(pid).img", CoreEntry.self)
        let task = core.flatMap { core in
            core.tc.map { .value($0) } ?? .missing(Absence(.notRecorded, "core-\(pid).img has no task part"))
        }
        let state = task.map { ProcessState(rawValue: $0.taskState) }
        // Of a process that has ended CRIU lists one thread, whose number it never set.
        let ids = state.value?.hasEnded == true || threads.isEmpty ? [pid] : threads
        return Process(
            pid: Int(pid), parentID: kinship.parentID, groupID: kinship.groupID, sessionID: kinship.sessionID,
            state: state, name: task.map { $0.comm.withoutEndingNUL }, exitCode: task.flatMap { exitCode($0, core) },
            threads: ids.map { thread($0, core: $0 == pid ? core : nil) }, depth: kinship.depth,
            imageIndex: kinship.imageIndex, ids: ProcessImageIDs(objects: objects(pid, core, state)))
    }

    private func exitCode(_ task: TaskCoreEntry, _ core: Known<CoreEntry>) -> Known<ExitCode> {
        guard ProcessState(rawValue: task.taskState).hasEnded else {
            return .missing(Absence(.notApplicable, "the process has not ended"))
        }
        let machine = core.value.map { Architecture(rawValue: $0.mtype.rawValue) }
        return .value(ExitCode(waitStatus: task.exitCode, SignalNumbering(machine)))
    }

    private func thread(_ id: UInt32, core: Known<CoreEntry>?) -> TaskThread {
        let core = core ?? library.needed("core-\(id).img", CoreEntry.self)
        let name = core.flatMap { core -> Known<ByteText> in
            if let name = core.threadCore?.comm ?? core.tc?.comm { return .value(name.withoutEndingNUL) }
            return .missing(Absence(.notRecorded, "core-\(id).img has no name"))
        }
        return TaskThread(id: Int(id), name: name)
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
