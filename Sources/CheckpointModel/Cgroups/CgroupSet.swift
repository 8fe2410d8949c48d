public import EvidenceText

/// A combination of cgroups that threads are in, one of each hierarchy.
public struct CgroupSet: Sendable {
    /// CRIU's number for it.
    public let id: UInt32
    /// The cgroups, in the order of the image.
    public let memberships: [Membership]
    /// The threads that are in them, in the order of the processes.
    public let threads: [Member]
    /// Where it was read.
    public let origin: Origin

    /// A cgroup in one hierarchy.
    public struct Membership: Sendable, Equatable {
        /// The controllers of the hierarchy, with commas between them; empty for version 2.
        public let controllers: ByteText
        /// The path from the root of the hierarchy.
        public let path: ByteText
        /// How many leading bytes of the path the cgroup namespace hides: what is behind them is what the threads saw.
        public let hiddenPrefix: UInt32?

        /// The path as the threads saw it in /proc/self/cgroup; nil if the image contradicts itself.
        public var innerPath: ByteText? {
            guard let hidden = hiddenPrefix else { return path }
            guard Int(hidden) <= path.count else { return nil }
            let rest = ByteText(Array(path.bytes.dropFirst(Int(hidden))))
            return rest.isEmpty ? "/" : rest
        }
    }

    /// A thread.
    public struct Member: Sendable, Hashable {
        /// The process.
        public let pid: Int
        /// The thread.
        public let tid: Int
    }
}
