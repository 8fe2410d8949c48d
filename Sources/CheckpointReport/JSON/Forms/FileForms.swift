import CheckpointModel
import EvidenceText

extension Forms {
    /// What a process document says of files.
    static let processFiles: [Field<ProcessReport>] = [
        .known("current_directory", .text, "The current directory.") { report in
            report.directories.flatMap { $0.current.flatMap(\.target) }
        }.part(.files),
        .known("root_directory", .text, "The root directory.") { report in
            report.directories.flatMap { $0.root.flatMap(\.target) }
        }.part(.files),
        .known("umask", .octal, "The file mode creation mask.") { $0.directories.flatMap(\.umask) }.part(.files),
        .knownRecords("descriptors", descriptor, "The open files, in the order of the image.") { report in
            let architecture = report.checkpoint.architecture
            return report.descriptors.map { $0.map { DescriptorReport($0, architecture) } }
        }.part(.files),
    ]

    private static let descriptor = Form<DescriptorReport>.object(
        "fd", "A descriptor of a process.",
        [
            .must("fd", .integer, "Its number.") { $0.descriptor.number },
            .must("type", .string, "The sort of file.") { typeText($0.descriptor) },
            .must("image_type", .string, "The sort of file, as CRIU names it.") {
                $0.descriptor.type.name ?? String($0.descriptor.type.rawValue)
            },
            .must("id", .integer, "The file's id in the images: descriptors with the same one share the open file.") {
                $0.descriptor.fileID
            },
            .must("close_on_exec", .flag, "Whether it is closed by execve.") { $0.descriptor.isClosedOnExec },
            .known("target", .text, "What it leads to, as in /proc/PID/fd.") { $0.file.flatMap(\.target) },
            .known("position", .count, "The offset in the file, in bytes.") { $0.file.flatMap(\.position) },
            .known("flags", .hexadecimal, "The flags of open.") { $0.file.flatMap(\.flags) },
            .known("flag_names", .strings, "Their names.") { report in
                report.file.flatMap(\.flags).map { OpenFlags($0, report.architecture).flagNames }
            },
            .known("mode", .octal, "Type and permission bits, as st_mode.") { $0.file.flatMap(\.mode) },
            .optional("deleted", .flag, "Whether the file was deleted while open.") { $0.file.value?.isDeleted },
            .optional("socket", socket, "What there is to say of a socket.") { $0.file.value?.socket },
        ])

    private static let socket = Form<Socket>.object(
        "socket", "A socket.",
        [
            .must("protocol", .string, "The protocol.") { $0.protocolName },
            .optional("state", .string, "The state, by TCP's name.") { $0.stateName },
            .optional("inode", .integer, "Its inode number.") { $0.inode },
            .optional("local", address, "Its own address.") { $0.local.ifAny },
            .optional("remote", address, "The address of its peer.") { $0.remote.ifAny },
            .optional("peer_inode", .integer, "The inode number of a Unix socket's peer; 0 if it has none.") {
                $0.peerInode
            },
        ])

    private static let address = Form<SocketAddress>.object(
        "address", "The address of a socket.",
        [
            .optional("address", .string, "An IP address.") { $0.ip.map { ipText($0.bytes) } },
            .optional("port", .integer, "A port.") { $0.ip?.port },
            .optional("path", .text, "The path of a Unix socket.") { $0.path },
            .optional("abstract_name", .text, "The name of a Unix socket in the abstract namespace.") {
                $0.abstractName
            },
        ])
}

/// A descriptor and the machine whose numbers its flags are.
struct DescriptorReport: Sendable {
    let descriptor: Descriptor
    let architecture: Architecture?

    init(_ descriptor: Descriptor, _ architecture: Architecture?) {
        self.descriptor = descriptor
        self.architecture = architecture
    }

    var file: Known<OpenFile> { descriptor.file }
}

extension SocketAddress {
    fileprivate var ifAny: SocketAddress? { self == .none ? nil : self }

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
