/// The ids that CRIU gave to the kernel objects of a task: equal ids in a dump are one object.
public struct KernelObjectIDs: Sendable, Equatable {
    /// The address space.
    public let memory: UInt32
    /// The table of descriptors.
    public let files: UInt32
    /// Root, working directory and umask.
    public let directories: UInt32
    /// The table of signal handlers.
    public let signalHandlers: UInt32
    /// The namespaces by type (`pid`, `net`, `ipc`, `uts`, `mnt`, `user`, `cgroup`, `time`), those that are recorded.
    public let namespaces: [Namespace]

    /// A namespace.
    public struct Namespace: Sendable, Equatable {
        /// Its type, as in /proc/PID/ns.
        public let type: String
        /// Its id in the dump.
        public let id: UInt32
    }
}
