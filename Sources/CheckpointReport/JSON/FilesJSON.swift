import CheckpointModel
import EvidenceText

extension JSONWriter {
    /// Writes the members that are about files.
    mutating func files(_ report: ProcessReport, _ architecture: Architecture?) {
        known("current_directory", report.directories.flatMap { $0.current.flatMap(\.target) }) { json, value in
            json.value(value)
        }
        known("root_directory", report.directories.flatMap { $0.root.flatMap(\.target) }) { json, value in
            json.value(value)
        }
        known("umask", report.directories.flatMap(\.umask)) { json, value in
            json.value(octal(value, width: 4))
        }
        known("files", report.descriptors) { json, descriptors in
            json.elements(descriptors) { json, descriptor in
                json.object { json in json.descriptor(descriptor, architecture) }
            }
        }
    }

    private mutating func descriptor(_ descriptor: Descriptor, _ architecture: Architecture?) {
        member("fd", Int(descriptor.number))
        member("type", typeText(descriptor))
        member("image_type", descriptor.type.name ?? String(descriptor.type.rawValue))
        member("id", Int(descriptor.fileID))
        member("close_on_exec", descriptor.isClosedOnExec)
        let file = descriptor.file
        known("target", file.flatMap(\.target)) { json, value in json.value(value) }
        known("position", file.flatMap(\.position)) { json, value in json.count(value) }
        known("flags", file.flatMap(\.flags)) { json, value in json.hexadecimal(UInt64(value)) }
        known("flag_names", file.flatMap(\.flags)) { json, value in
            json.elements(OpenFlags(value, architecture).flagNames) { json, name in json.value(name) }
        }
        known("mode", file.flatMap(\.mode)) { json, value in json.value(octal(value, width: 7)) }
        if let file = file.value {
            member("deleted", file.isDeleted)
            if let socket = file.socket { object("socket") { json in json.socket(socket) } }
        }
    }

    private mutating func socket(_ socket: Socket) {
        member("protocol", socket.protocolName)
        if let state = socket.stateName { member("state", state) }
        if let inode = socket.inode { member("inode", Int(inode)) }
        address("local", socket.local)
        address("remote", socket.remote)
        if let peer = socket.peerInode { member("peer_inode", Int(peer)) }
    }

    private mutating func address(_ key: StaticString, _ address: SocketAddress) {
        switch address {
        case .none: break
        case .ip(let bytes, let port):
            object(key) { json in
                json.member("address", ipText(bytes))
                json.member("port", Int(port))
            }
        case .path(let path): object(key) { json in json.member("path", path) }
        case .abstract(let name): object(key) { json in json.member("abstract_name", name) }
        }
    }
}

/// Permission bits in octal, filled with zeros.
private func octal(_ value: UInt32, width: Int) -> String {
    let digits = String(value, radix: 8)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}
