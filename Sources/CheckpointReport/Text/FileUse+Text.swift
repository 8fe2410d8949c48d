public import CheckpointModel

extension FileUse {
    /// What the file is open for, in short: `4736/35` for a descriptor of a process.
    var text: String {
        switch self {
        case .descriptor(let pid, let number): "\(pid)/\(number)"
        case .executable(let pid): "program of \(pid)"
        case .currentDirectory(let pid): "current directory of \(pid)"
        case .rootDirectory(let pid): "root directory of \(pid)"
        case .mapping(let pid): "mapped by \(pid)"
        case .inFlight(let socket): "in flight to socket file \(socket)"
        case .path(let file): "path of \(file.type.word) file \(file.id)"
        case .linkRemap(let file): "link that CRIU made to keep file \(file)"
        case .externalPeer(let file): "peer outside of the dump of socket file \(file)"
        }
    }

    /// The process that uses the file; nil if none does itself.
    public var pid: Int? {
        switch self {
        case .descriptor(let pid, _), .executable(let pid), .currentDirectory(let pid), .rootDirectory(let pid),
            .mapping(let pid):
            pid
        case .inFlight, .path, .linkRemap, .externalPeer: nil
        }
    }

    /// Whether the file would be in the images only because CRIU put it there, or because it is on its way.
    var needsTelling: Bool {
        switch self {
        case .inFlight, .linkRemap, .externalPeer: true
        default: false
        }
    }
}

extension Checkpoint {
    /// Who has files open: descriptors, and files in flight; `nobody` if none.
    func holderText(_ files: [FileReference]) -> String {
        let uses = files.flatMap { self.uses(of: $0) }.filter { use in
            if case .path = use { return false }
            return true
        }
        return uses.isEmpty ? "nobody" : uses.map(\.text).joined(separator: ", ")
    }
}
