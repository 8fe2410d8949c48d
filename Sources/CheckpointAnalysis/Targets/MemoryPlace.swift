public import CheckpointModel
public import EvidenceText

/// Something with bytes that can be searched.
public enum MemoryPlace: Sendable {
    /// The memory of a process, by address.
    case process(Process)
    /// Memory that processes share, by offset.
    case sharedMemory(SharedMemoryObject)
    /// A file or queue, by offset.
    case content(ContentPlace)

    /// An area of memory that shows a shared object or a deleted file.
    public struct Mapping: Sendable, Hashable {
        /// The process.
        public let pid: Int
        /// The address.
        public let address: UInt64
    }
}

/// A file or queue whose content the images have.
public struct ContentPlace: Sendable {
    /// What it is.
    public let kind: Kind
    /// A path or other name.
    public let name: ByteText
    /// The image that has the content.
    public let image: String
    /// The processes that have it open or mapped, ascending.
    public let pids: [Int]
    /// The number of a deleted file; nil for others.
    let ghost: UInt32?

    /// The sorts of files and queues.
    public enum Kind: String, Sendable, CaseIterable {
        /// A deleted file that was still open.
        case deletedFile = "deleted-file"
        /// What nobody had read of a pipe, unnamed or named.
        case pipe
        /// What nobody had read of a terminal.
        case terminal
        /// A message that waited at a Unix socket.
        case unixMessage = "unix-message"
        /// What waited to be read of a TCP connection.
        case tcpReceived = "tcp-received"
        /// What the peer of a TCP connection had not acknowledged.
        case tcpSent = "tcp-sent"
        /// A file of a tmpfs mount, or of the shared memory of a container.
        case memoryFile = "tmpfs-file"
    }

    init(_ kind: Kind, _ name: ByteText, image: String, pids: Set<Int> = [], ghost: UInt32? = nil) {
        (self.kind, self.name, self.image, self.ghost) = (kind, name, image, ghost)
        self.pids = pids.sorted()
    }
}
