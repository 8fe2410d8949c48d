public import EvidenceText

/// An open file. Descriptors that share it share its offset and flags.
public struct OpenFile: Sendable {
    /// The file's id in the images.
    public let id: UInt32
    /// The sort of file.
    public let type: FileType
    /// What `readlink` says of a descriptor in /proc/PID/fd: a path, `pipe:[N]`, `anon_inode:[eventfd]`.
    public let target: Known<ByteText>
    /// The flags of `open`, without `O_CLOEXEC`, which belongs to the descriptor.
    public let flags: Known<UInt32>
    /// The offset in the file, in bytes.
    public let position: Known<UInt64>
    /// The type and permission bits, as `st_mode`.
    public let mode: Known<UInt32>
    /// Whether the file was deleted while open.
    public let isDeleted: Bool
    /// The details of a socket; nil for other files.
    public let socket: Socket?
    /// The parts that CRIU's own tool prints.
    let raw: RawFileFacts
}

/// Facts of an open file as the image has them, before they are made into a target.
struct RawFileFacts: Sendable {
    var path: ByteText?
    var pipeID: UInt32?
    var socketInode: UInt32?
    var socketPeer: UInt32?
    var socketName: ByteText?
}

/// A descriptor of a process.
public struct Descriptor: Sendable {
    /// The descriptor's number.
    public let number: UInt32
    /// Whether it is closed by `execve`.
    public let isClosedOnExec: Bool
    /// The sort of file, as the descriptor table has it.
    public let type: FileType
    /// The file's id in the images.
    public let fileID: UInt32
    /// The open file; missing if the images lack it.
    public let file: Known<OpenFile>
}
