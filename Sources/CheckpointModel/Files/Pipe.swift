public import EvidenceText

/// A pipe, unnamed or named, with what nobody had read.
public struct Pipe: Sendable {
    /// The inode number of the pipe.
    public let id: UInt32
    /// The path of a named pipe (FIFO); nil for others.
    public let path: ByteText?
    /// How many bytes it can hold; missing if the image that has its data does not tell.
    public let capacity: Known<UInt32>
    /// What nobody had read; missing if no image has it, which is usual if the other end is outside of the dump.
    public let unread: Known<Content>
    /// The open files of which data can be read.
    public let readers: [FileReference]
    /// The open files to which data can be written.
    public let writers: [FileReference]
    /// Whether it has a name in a file system.
    public let isNamed: Bool
    /// Where the data was read; nil if no image has it.
    public let origin: Origin?
}
