extension Checkpoint {
    /// The messages that waited at Unix sockets, in the order of the image. Read once.
    public var queuedPackets: [QueuedPacket] { packetTable.list }

    /// The messages that waited at a socket, in the order in which they were sent. Constant time.
    ///
    /// - Parameter file: The socket's file.
    public func queuedPackets(at file: OpenFile) -> [QueuedPacket] {
        (packetTable.places[file.id] ?? []).map { packetTable.list[$0] }
    }

    /// The state of a TCP connection with its queues; missing as not applicable for sockets that have none.
    public func tcpStream(of socket: Socket) -> Known<TCPStream> {
        guard case .internet(let internet) = socket.specifics, internet.tcp != nil, let inode = socket.inode,
            socket.state != 7, socket.state != 10
        else { return .missing(Absence(.notApplicable, "the socket has no connection")) }
        return TCPStream.load(inode: inode, library)
    }

    /// The other end of a socket's connection within the dump; nil if there is none, or if it is outside.
    public func peer(of file: OpenFile) -> OpenFile? {
        guard let socket = file.socket else { return nil }
        return peerTable.peer(of: socket).map { fileTable.all[$0] }
    }

    private var packetTable: PacketTable { memo.value { PacketTable(QueuedPacket.load(library)) } }

    private var peerTable: PeerTable { memo.value { PeerTable(fileTable.all) } }
}

/// The messages in their order, and by the sockets that were to receive them.
private struct PacketTable: Sendable {
    let list: [QueuedPacket]
    let places: [UInt32: [Int]]

    init(_ list: [QueuedPacket]) {
        self.list = list
        places = Dictionary(grouping: list.indices, by: { list[$0].receiver })
    }
}

/// The sockets by what their peers know of them.
private struct PeerTable: Sendable {
    private let unix: [UInt32: Int]
    private let internet: [Connection: Int]
    /// Sockets without a peer of their own, to which others send.
    private let unconnected: [Connection: Int]

    /// What tells a connection from all others.
    private struct Connection: Hashable {
        let networkProtocol: UInt32?
        let networkNamespaceID: UInt32?
        let local: SocketAddress
        let remote: SocketAddress
    }

    init(_ files: [OpenFile]) {
        var unix: [UInt32: Int] = [:]
        var internet: [Connection: Int] = [:]
        var unconnected: [Connection: Int] = [:]
        for (place, file) in files.enumerated() {
            guard let socket = file.socket else { continue }
            if file.type == .unixSocket, let inode = socket.inode, unix[inode] == nil { unix[inode] = place }
            if file.type == .inetSocket {
                let key = PeerTable.connection(socket, from: socket.local, to: socket.remote)
                if internet[key] == nil { internet[key] = place }
                let open = PeerTable.connection(socket, from: socket.local, to: .none)
                if socket.type == 2, !socket.remote.isSpecific, unconnected[open] == nil { unconnected[open] = place }
            }
        }
        (self.unix, self.internet, self.unconnected) = (unix, internet, unconnected)
    }

    func peer(of socket: Socket) -> Int? {
        if let inode = socket.peerInode { return inode == 0 ? nil : unix[inode] }
        guard case .ip(_, let port) = socket.remote, port != 0 else { return nil }
        return internet[PeerTable.connection(socket, from: socket.remote, to: socket.local)]
            ?? unconnected[PeerTable.connection(socket, from: socket.remote, to: .none)]
    }

    private static func connection(
        _ socket: Socket, from local: SocketAddress, to remote: SocketAddress
    ) -> Connection {
        Connection(
            networkProtocol: socket.networkProtocol, networkNamespaceID: socket.networkNamespaceID, local: local,
            remote: remote)
    }
}
