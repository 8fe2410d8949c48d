/// A combination of cgroups that threads are in, one of each hierarchy.
public struct CgroupSet: Sendable {
    /// CRIU's number for it.
    public let id: UInt32
    /// The cgroups, in the order of the image.
    public let memberships: [CgroupMembership]
    /// The threads that are in them, in the order of the processes.
    public let threads: [Member]
    /// Where it was read.
    public let origin: Origin

    /// A thread.
    public struct Member: Sendable, Hashable {
        /// The process.
        public let pid: Int
        /// The thread.
        public let tid: Int
    }
}
