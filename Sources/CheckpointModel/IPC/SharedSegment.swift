/// A System V shared memory segment.
public struct SharedSegment: Sendable {
    /// Its id, owner and access rights.
    public let permissions: IPCPermissions
    /// The size in bytes.
    public let size: UInt64
    /// `SHM_HUGETLB` and the size of its huge pages, as for `shmget`; nil with ordinary pages.
    public let hugePages: UInt32?
    /// What is in it; pages that were never written are holes.
    public let content: Known<Content>
    /// Who had it attached, in the order of the processes.
    public let attachments: [Attachment]
    /// Where it was read.
    public let origin: Origin

    /// Whether it goes when the last process detaches it (`SHM_DEST`).
    public var isMarkedForRemoval: Bool { permissions.mode & 0o1000 != 0 }

    /// A place where a process has a segment.
    public struct Attachment: Sendable, Equatable {
        /// The process.
        public let pid: Int
        /// The addresses.
        public let addresses: Range<UInt64>
        /// The offset of the first address in the segment, which `shmat` leaves at 0 and `munmap` can move.
        public let offset: UInt64
        /// Whether the process can write there.
        public let isWritable: Bool
    }
}
