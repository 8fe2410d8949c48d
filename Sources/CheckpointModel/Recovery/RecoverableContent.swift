public import EvidenceText

/// Something that a checkpoint holds and no file system has any more, or had never: deleted files, memory, queues.
public struct RecoverableContent: Sendable {
    /// What it is.
    public let kind: Kind
    /// What it was called: a path, the name of a memfd, of a member of an archive; nil if it had no name. Never to be used
    /// as a path.
    public let name: ByteText?
    /// The bytes.
    public let content: Content
    /// The image and the entry that have it.
    public let origin: Origin
    /// Who had it open or mapped, by process and descriptor.
    public let uses: [FileUse]
    /// When it was last changed; nil if that is not recorded.
    public let modifiedAt: TimeValue?
    /// When it was last read; nil if that is not recorded.
    public let accessedAt: TimeValue?
    /// The type and permission bits, as `st_mode`; nil if they are not recorded.
    public let mode: UInt32?
    /// The messages that the bytes are of, for queues that keep them apart; else empty.
    public let messages: [Message]

    /// What content is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A deleted file that was still open.
        case ghost
        /// Memory with a descriptor but no path.
        case memfd
        /// Shared anonymous memory.
        case anonymous = "shared-anonymous"
        /// A System V segment.
        case sysv = "sysv-segment"
        /// Unread bytes of a pipe.
        case pipe
        /// Unread bytes of a named pipe.
        case fifo
        /// Bytes of a TCP connection that waited to be read.
        case tcpReceived = "tcp-inq"
        /// Bytes of a TCP connection that the peer had not acknowledged.
        case tcpSent = "tcp-outq"
        /// Messages that waited at a Unix socket.
        case unixQueue = "unix-queue"
        /// Unread bytes of a terminal.
        case terminal = "tty"
        /// A file of a tmpfs.
        case tmpfs
        /// A file of /dev/shm, as a container engine keeps it.
        case devshm
    }

    /// A message of a queue.
    public struct Message: Sendable, Hashable {
        /// Where in the bytes it is.
        public let range: Range<UInt64>
        /// The ids of the open files that were sent along.
        public let files: [UInt32]
        /// Where it was read.
        public let origin: Origin
    }

    init(
        _ kind: Kind, name: ByteText?, _ content: Content, _ origin: Origin, uses: [FileUse],
        modifiedAt: TimeValue? = nil, accessedAt: TimeValue? = nil, mode: UInt32? = nil, messages: [Message] = []
    ) {
        (self.kind, self.name, self.content, self.origin, self.uses) = (kind, name, content, origin, uses)
        (self.modifiedAt, self.accessedAt, self.mode, self.messages) = (modifiedAt, accessedAt, mode, messages)
    }
}
