import CheckpointModel
import EvidenceText

/// A descriptor of a process, with the process.
struct DescriptorReport: Sendable {
    let descriptor: Descriptor
    let report: ProcessReport

    var file: Known<OpenFile> { descriptor.file }
}

extension Forms {
    /// A descriptor of a process.
    static let descriptor = Form<DescriptorReport>.object(
        "fd", "A descriptor of a process.",
        [
            .must("fd", .integer, "Its number.") { $0.descriptor.number },
            .must("type", .string, "The sort of file.") { typeText($0.descriptor) },
            .must("image_type", .string, "The sort of file, as CRIU names it.") { $0.descriptor.type.imageName },
            .must(
                "id", .integer.aside, "The file's id in the images: descriptors with the same one share the open file."
            ) {
                $0.descriptor.fileID
            },
            .must("close_on_exec", .flag, "Whether it is closed by execve.") { $0.descriptor.isClosedOnExec },
            .known("target", .fileTarget, "What it leads to, as in /proc/PID/fd.") { $0.file.flatMap(\.target) },
            .known("position", .count, "The offset in the file, in bytes.") { $0.file.flatMap(\.position) },
            .known("flags", .hexadecimal, "The flags of open.") { $0.file.flatMap(\.flags) },
            .known("flag_names", .strings, "Their names.") { report in
                report.file.flatMap(\.flags).map { OpenFlags($0, report.report.checkpoint.architecture).flagNames }
            },
            .known("mode", .octal, "Type and permission bits, as st_mode.") { $0.file.flatMap(\.mode) },
            .optional("deleted", .flag, "Whether the file was deleted while open.") { $0.file.value?.isDeleted },
            .optional("socket", socketSummary, "What there is to say of a socket.") { $0.file.value?.socket },
            .optional("security_label", .text, "The SELinux label of a socket.") { $0.descriptor.securityLabel },
            .must("origin", .origin, "Where it was read.") { $0.descriptor.origin },
        ])

    private static let socketSummary = Form<Socket>.object(
        "socket_summary", "A socket in short.",
        [
            .must("protocol", .string, "The protocol.") { $0.protocolName },
            .optional("state", .string, "The state, by TCP's name.") { $0.stateName },
            .optional("inode", .integer.aside, "Its inode number.") { $0.inode },
            .optional("local", address, "Its own address.") { $0.local.ifAny },
            .optional("remote", address, "The address of its peer.") { $0.remote.ifAny },
            .optional("peer_inode", .integer.aside, "The inode number of a Unix socket's peer; 0 if it has none.") {
                $0.peerInode
            },
        ])

    /// The address of a socket.
    static let address = Form<SocketAddress>.object(
        "address", "The address of a socket.",
        [
            .optional("address", .string, "An IP address.") { $0.ip.map { ipText($0.bytes) } },
            .optional("port", .integer, "A port.") { $0.ip?.port },
            .optional("path", .text, "The path of a Unix socket.") { $0.path },
            .optional("abstract_name", .text, "The name of a Unix socket in the abstract namespace.") {
                $0.abstractName
            },
        ]
    ).asOne

    /// A lock or lease.
    static let lock = Form<FileLock>.object(
        "lock", "A lock or lease that a process holds on a file.",
        [
            .must("kind", .string, "The sort of lock: posix, flock, ofd or lease; else its number.") {
                $0.kind.name ?? String($0.kind.rawValue)
            },
            .must("type", .strings, "What it allows: read, write or unlocked, and flags.") { $0.typeNames },
            .must("start", .integer, "The offset of the first locked byte.") { $0.start },
            .must("length", .integer, "How many bytes are locked; 0 means up to the end of the file.") { $0.length },
            .must("pid", .processID, "The process that holds it.") { $0.pid },
            .must("fd", .integer, "The descriptor through which it is held.") { $0.descriptor },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "fd", "kind", "start")
}

extension FileType {
    /// The name that CRIU gives the type, or its number.
    var imageName: String { name ?? String(rawValue) }
}

extension SocketAddress {
    /// The address; nil if there is none.
    var ifAny: SocketAddress? { self == .none ? nil : self }

    fileprivate var ip: (bytes: [UInt8], port: UInt32)? {
        guard case .ip(let bytes, let port) = self else { return nil }
        return (bytes, port)
    }

    fileprivate var path: ByteText? {
        guard case .path(let path) = self else { return nil }
        return path
    }

    fileprivate var abstractName: ByteText? {
        guard case .abstract(let name) = self else { return nil }
        return name
    }
}
