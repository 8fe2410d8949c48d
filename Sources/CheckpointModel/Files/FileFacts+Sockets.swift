internal import CRIUImages
internal import EvidenceText

extension FileFacts {
    init(_ entry: InetSkEntry) {
        self.init(id: entry.id, type: .inetSocket)
        (flags, target) = (entry.flags, ByteText("socket:[\(entry.ino)]"))
        socket = Socket(
            family: entry.family, type: entry.type, networkProtocol: entry.proto, state: entry.state, inode: entry.ino,
            local: SocketAddress(words: entry.srcAddr, port: entry.srcPort),
            remote: SocketAddress(words: entry.dstAddr, port: entry.dstPort), peerInode: nil)
        raw.socketInode = entry.ino
    }

    init(_ entry: UnixSkEntry) {
        self.init(id: entry.id, type: .unixSocket)
        (flags, target) = (entry.flags, ByteText("socket:[\(entry.ino)]"))
        isDeleted = entry.deleted == true
        socket = Socket(
            family: 1, type: entry.type, networkProtocol: nil, state: entry.state, inode: entry.ino,
            local: SocketAddress(unixName: entry.name), remote: .none, peerInode: entry.peer)
        raw.socketInode = entry.ino
        raw.socketPeer = entry.peer
        raw.socketName = ByteText(entry.name)
    }

    init(_ entry: PacketSockEntry) {
        self.init(id: entry.id, type: .packetSocket)
        // The image has no inode number, without which there is no target.
        flags = entry.flags
        socket = Socket(
            family: 17, type: entry.type, networkProtocol: swappedProtocol(entry.protocol), state: nil, inode: nil,
            local: .none, remote: .none, peerInode: nil)
    }

    init(_ entry: NetlinkSkEntry) {
        self.init(id: entry.id, type: .netlinkSocket)
        (flags, target) = (entry.flags, ByteText("socket:[\(entry.ino)]"))
        socket = Socket(
            family: 16, type: 3, networkProtocol: entry.protocol, state: entry.state, inode: entry.ino, local: .none,
            remote: .none, peerInode: nil)
        raw.socketInode = entry.ino
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
        self = first == 0 ? .abstract(ByteText(Array(unixName.dropFirst()))) : .path(ByteText(unixName).upToNUL)
    }
}
