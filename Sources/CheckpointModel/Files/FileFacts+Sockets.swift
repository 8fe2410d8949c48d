internal import CRIUImages
internal import EvidenceText

extension FileFacts {
    init(_ entry: InetSkEntry) {
        let socket = Socket(
            family: entry.family, type: entry.type, networkProtocol: entry.proto, state: entry.state, inode: entry.ino,
            local: SocketAddress(words: entry.srcAddr, port: entry.srcPort),
            remote: SocketAddress(words: entry.dstAddr, port: entry.dstPort), peerInode: nil,
            backlog: entry.state == 10 ? entry.backlog : nil, shutdown: SocketShutdown(entry.shutdown),
            options: SocketOptions(entry.opts), specifics: .internet(InternetSocket(entry)),
            networkNamespaceID: entry.nsId)
        self.init(id: entry.id, type: .inetSocket, entry.fown, .socket(socket))
        (flags, target) = (entry.flags, ByteText("socket:[\(entry.ino)]"))
        raw.socketInode = entry.ino
    }

    /// The backlog of a socket that does not listen is something else: what its send queue takes of memory.
    init(_ entry: UnixSkEntry) {
        let socket = Socket(
            family: 1, type: entry.type, networkProtocol: nil, state: entry.state, inode: entry.ino,
            local: SocketAddress(unixName: entry.name), remote: .none, peerInode: entry.peer,
            backlog: entry.state == 10 ? entry.backlog : nil, shutdown: SocketShutdown(entry.shutdown),
            options: SocketOptions(entry.opts), specifics: .unix(UnixSocket(entry)), networkNamespaceID: entry.nsId)
        self.init(id: entry.id, type: .unixSocket, entry.fown, .socket(socket))
        (flags, target) = (entry.flags, ByteText("socket:[\(entry.ino)]"))
        isDeleted = entry.deleted == true
        raw.socketInode = entry.ino
        raw.socketPeer = entry.peer
        raw.socketName = ByteText(entry.name)
    }

    init(_ entry: PacketSockEntry) {
        let socket = Socket(
            family: 17, type: entry.type, networkProtocol: swappedProtocol(entry.protocol), state: nil, inode: nil,
            local: .none, remote: .none, peerInode: nil, backlog: nil, shutdown: [],
            options: SocketOptions(entry.opts), specifics: .packet(PacketSocket(entry)),
            networkNamespaceID: entry.nsId)
        self.init(id: entry.id, type: .packetSocket, entry.fown, .socket(socket))
        // The image has no inode number, without which there is no target.
        flags = entry.flags
    }

    init(_ entry: NetlinkSkEntry) {
        let socket = Socket(
            family: 16, type: 3, networkProtocol: entry.protocol, state: entry.state, inode: entry.ino, local: .none,
            remote: .none, peerInode: nil, backlog: nil, shutdown: [], options: SocketOptions(entry.opts),
            specifics: .netlink(NetlinkSocket(entry)), networkNamespaceID: entry.nsId)
        self.init(id: entry.id, type: .netlinkSocket, entry.fown, .socket(socket))
        (flags, target) = (entry.flags, ByteText("socket:[\(entry.ino)]"))
        raw.socketInode = entry.ino
    }
}

extension SocketShutdown {
    fileprivate init(_ entry: SkShutdown?) {
        self.init(rawValue: entry?.rawValue ?? 0)
    }
}

extension Socket {
    /// The same socket read on a machine of the other byte order.
    var swapped: Socket {
        Socket(
            family: family, type: type,
            networkProtocol: family == 17 ? networkProtocol.map(swappedProtocol) : networkProtocol, state: state,
            inode: inode, local: local.swapped, remote: remote.swapped, peerInode: peerInode, backlog: backlog,
            shutdown: shutdown, options: options, specifics: specifics, networkNamespaceID: networkNamespaceID)
    }
}

/// The protocol of a packet socket, whose two bytes in memory are in network order; read as those of a little-endian
/// machine, as addresses are.
func swappedProtocol(_ number: UInt32) -> UInt32 {
    UInt32(UInt16(truncatingIfNeeded: number).byteSwapped)
}

extension SocketAddress {
    /// An IP address of one or four words whose bytes in memory are in network order.
    ///
    /// The numbers were read on a machine of unknown byte order; the bytes are those of a little-endian one, which
    /// ``swapped`` turns.
    init(words: [UInt32], port: UInt32) {
        guard words.count == 1 || words.count == 4 else {
            self = .none
            return
        }
        let bytes = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32($0 * 8)) } }
        self = .ip(bytes, port: port)
    }

    /// The same address read on a machine of the other byte order.
    var swapped: SocketAddress {
        guard case .ip(let bytes, let port) = self else { return self }
        return .ip(stride(from: 0, to: bytes.count, by: 4).flatMap { bytes[$0..<($0 + 4)].reversed() }, port: port)
    }

    /// The name of a Unix socket: a path, or a NUL and a name of any bytes.
    init(unixName: [UInt8]) {
        guard let first = unixName.first else {
            self = .none
            return
        }
        self =
            first == 0 ? .abstract(ByteText(Array(unixName.dropFirst()))) : .path(ByteText(unixName).withoutEndingNUL)
    }
}
