extension Checkpoint {
    /// What the images tell of a process beside its tree, memory and files. It is read anew each time: keep it.
    public func details(of process: Process) -> ProcessDetails {
        ProcessDetailsLoader(library, taskTables, process, architecture).details()
    }

    /// What the images tell of the threads of a process, the leader first. It is read anew each time: keep it.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - memory: The memory of the process, if it is at hand: most machines tell a system call from user mode only by
    ///     the instruction that the thread stands at.
    public func threads(of process: Process, memory: Known<ProcessMemory>? = nil) -> [ThreadDetails] {
        let loader = ThreadDetailsLoader(library, taskTables, process, architecture, memory?.value)
        return process.threads.map(loader.details)
    }

    /// What the images tell of the leader of a process; as ``threads(of:memory:)`` tells it. It is read anew each time.
    public func leader(of process: Process, memory: Known<ProcessMemory>? = nil) -> ThreadDetails? {
        let loader = ThreadDetailsLoader(library, taskTables, process, architecture, memory?.value)
        return process.threads.first.map(loader.details)
    }

    /// All seccomp filters of the images, in the order in which threads number them.
    public var seccompFilters: Known<[SeccompFilter]> { taskTables.seccomp.all }

    private var taskTables: TaskTables {
        memo.value { TaskTables(library, processes.value ?? [], architecture, inventory.flatMap(\.securityModule)) }
    }
}
