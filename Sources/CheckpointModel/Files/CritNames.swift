public import EvidenceText

extension OpenFile {
    /// The name that CRIU's own tool has for the file: a path as the image has it, `pipe[N]`, `unix[N (PEER) NAME]`, or
    /// the type and the id.
    public var critName: ByteText {
        switch type {
        case .regular: raw.path.flatMap { $0.isEmpty ? nil : $0 } ?? "unknown path"
        case .pipe: raw.pipeID.map { ByteText("pipe[\($0)]") } ?? "pipe[?]"
        case .unixSocket: critSocketName
        default: ByteText("\(type.name ?? String(type.rawValue)).\(id)")
        }
    }

    private var critSocketName: ByteText {
        guard let inode = raw.socketInode, let peer = raw.socketPeer, let name = raw.socketName else {
            return "unix[?]"
        }
        let shown = name.isEmpty ? [] : [0x20] + QuotedPrintable.encode(name.bytes).bytes
        return ByteText(Array("unix[\(inode) (\(peer))".utf8) + shown + [0x5D])
    }
}

extension Descriptor {
    /// The name that CRIU's own tool has for the file, as far as the images have the file.
    public var critName: ByteText {
        if let file = file.value { return file.critName }
        switch type {
        case .regular: return "unknown path"
        case .pipe: return "pipe[?]"
        case .unixSocket: return "unix[?]"
        default: return ByteText("\(type.name ?? String(type.rawValue)).\(fileID)")
        }
    }
}
