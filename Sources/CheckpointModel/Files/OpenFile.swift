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
    /// The offset in the file, in bytes; of a directory it can be a large hash.
    public let position: Known<UInt64>
    /// The type and permission bits, as `st_mode`.
    public let mode: Known<UInt32>
    /// Whether the file was deleted while open.
    public let isDeleted: Bool
    /// What is particular to the sort of file.
    public let detail: FileDetail
    /// Whom the file signals when it becomes ready; missing as not applicable if nobody.
    public let owner: Known<FileOwner>
    /// Where it was read.
    public let origin: Origin
    /// The parts that CRIU's own tool prints.
    let raw: RawFileFacts

    /// The details of a socket; nil for other files.
    public var socket: Socket? {
        guard case .socket(let socket) = detail else { return nil }
        return socket
    }

    /// By what the images refer to it.
    public var reference: FileReference { FileReference(type: type, id: id) }
}

/// By what the images refer to an open file. Before files.img each type had ids of its own.
public struct FileReference: Sendable, Hashable {
    /// The sort of file.
    public let type: FileType
    /// The file's id in the images.
    public let id: UInt32

    /// Names a file.
    public init(type: FileType, id: UInt32) {
        self.type = type
        self.id = id
    }
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
    /// The SELinux label of a socket; nil if there is none to restore.
    public let securityLabel: ByteText?
    /// The open file; missing if the images lack it.
    public let file: Known<OpenFile>
    /// Where the descriptor was read.
    public let origin: Origin

    /// By what the images refer to the file.
    public var reference: FileReference { FileReference(type: type, id: fileID) }
}
