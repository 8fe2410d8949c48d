public import EvidenceText

/// Memory that several processes can map as one object.
public struct SharedMemoryObject: Sendable {
    /// The number of the object, as in `pagemap-shmem-N.img`; 0 is one like others.
    public let id: UInt64
    /// What sort of memory it is.
    public let kind: Kind
    /// The name as /proc/PID/maps has it.
    public let name: ByteText
    /// The size in bytes; missing if neither an image nor an area tells.
    public let size: Known<UInt64>
    /// The size of a page in bytes; missing if its page map cannot be read.
    public let pageSize: Known<UInt64>
    /// How many of its pages are where; missing if its page map cannot be read.
    public let pages: Known<PageCounts>
    /// Its content: what no process wrote reads as zeros.
    public let content: Known<Content>
    /// Who maps it, by process and address.
    public let mappings: [Mapping]
    /// The open files of a memfd.
    public let files: [FileReference]
    /// The key of a System V segment; nil for others.
    public let key: UInt32?
    /// What has images of it: memfd.img, the IPC image, or else its page map.
    public let origin: Origin

    /// The sorts of shared memory.
    public enum Kind: String, Sendable, Hashable {
        /// Memory with a descriptor but no path.
        case memfd
        /// `MAP_SHARED | MAP_ANONYMOUS`.
        case anonymous
        /// A System V segment.
        case sysv
    }

    /// An area that maps the object.
    public struct Mapping: Sendable, Hashable {
        /// The process.
        public let pid: Int
        /// The addresses in the process.
        public let addresses: Range<UInt64>
        /// The offset in the object of the first address.
        public let offset: UInt64
        /// Whether what the process writes is seen by others.
        public let isShared: Bool
    }
}
