public import EvidenceText

/// A deleted file that was still open, which CRIU stored with its content.
public struct GhostFile: Sendable {
    /// The number of its image, in whose name it is in hexadecimal.
    public let number: UInt32
    /// The last known path; missing if no open file refers to the image.
    public let path: Known<ByteText>
    /// The type and permission bits, as `st_mode`.
    public let mode: UInt32
    /// The owner, an id inside the user namespace.
    public let userID: UInt32
    /// The owning group, an id inside the user namespace.
    public let groupID: UInt32
    /// The device of the file system that held it; nil if it is not recorded.
    public let device: DeviceNumber?
    /// The inode number; nil if it is not recorded.
    public let inode: UInt64?
    /// The device that a device node stands for; nil for other files.
    public let node: DeviceNumber?
    /// When it was last read.
    public let accessedAt: Known<TimeValue>
    /// When its content was last changed.
    public let modifiedAt: Known<TimeValue>
    /// The target of a symbolic link; nil for other files.
    public let linkTarget: ByteText?
    /// The content; missing as not applicable if it is no regular file.
    public let content: Known<Content>
    /// Whether the content is stored in chunks, with holes between them.
    public let isChunked: Bool
    /// The ids of the open files that are this one: several open files, or several descriptions of one inode.
    public let files: [UInt32]
    /// Where it was read.
    public let origin: Origin
}
