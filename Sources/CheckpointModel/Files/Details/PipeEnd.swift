/// An end of a pipe. The pipe itself, with its data, is a ``Pipe``.
public struct PipeEnd: Sendable, Hashable {
    /// The inode number of the pipe, which all of its ends share.
    public let pipeID: UInt32
    /// Whether the pipe has a name in a file system.
    public let isNamed: Bool
    /// The id of the regular file that has the path of a named pipe; nil for others.
    public let pathFileID: UInt32?
}
