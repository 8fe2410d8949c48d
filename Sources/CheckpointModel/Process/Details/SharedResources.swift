internal import CRIUImages

/// Which other processes use the same kernel objects as a process does: those of `clone` with shared memory, files,
/// directories or signal handlers.
public struct SharedResources: Sendable, Equatable {
    /// The processes that run in the same address space.
    public let memory: Sharers
    /// The processes that have the same table of descriptors.
    public let files: Sharers
    /// The processes that have the same root, current directory and umask.
    public let directories: Sharers
    /// The processes that have the same table of signal handlers.
    public let signalHandlers: Sharers

    /// Whether nothing is shared.
    public var isEmpty: Bool { [memory, files, directories, signalHandlers].allSatisfy { $0.count == 0 } }

    /// Other processes that use an object.
    public struct Sharers: Sendable, Equatable {
        /// How many there are.
        public let count: Int
        /// Their ids in the order of the tree, at most the first hundred: a hostile image can claim that all processes
        /// share one object, and each of them would list all the others.
        public let processes: [Int]
    }
}

/// Which processes use each kernel object.
struct ObjectUsers: Sendable {
    private var memory: [UInt32: [Int]] = [:]
    private var files: [UInt32: [Int]] = [:]
    private var directories: [UInt32: [Int]] = [:]
    private var signalHandlers: [UInt32: [Int]] = [:]

    init(_ processes: [Process]) {
        for process in processes {
            guard let ids = process.ids.objects.value else { continue }
            memory[ids.vmId, default: []].append(process.pid)
            files[ids.filesId, default: []].append(process.pid)
            directories[ids.fsId, default: []].append(process.pid)
            signalHandlers[ids.sighandId, default: []].append(process.pid)
        }
    }

    /// The others that use the objects of a process.
    func others(of process: Process) -> Known<SharedResources> {
        func others(_ users: [UInt32: [Int]], _ id: UInt32) -> SharedResources.Sharers {
            let users = users[id] ?? []
            return SharedResources.Sharers(
                count: max(users.count - 1, 0),
                processes: Array(users.prefix(101).filter { $0 != process.pid }.prefix(100)))
        }
        return process.ids.objects.map { ids in
            SharedResources(
                memory: others(memory, ids.vmId), files: others(files, ids.filesId),
                directories: others(directories, ids.fsId), signalHandlers: others(signalHandlers, ids.sighandId))
        }
    }
}
