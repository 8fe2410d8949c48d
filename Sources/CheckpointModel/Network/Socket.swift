public import EvidenceText

/// What an image says of a socket.
public struct Socket: Sendable, Equatable {
    /// The address family (`AF_*`).
    public let family: UInt32
    /// The type (`SOCK_*`).
    public let type: UInt32
    /// The protocol: of packet sockets the `ETH_P_*` constant in host order. Nil for families that have none.
    public let networkProtocol: UInt32?
    /// The state, with TCP's numbers; nil where the image has none.
    public let state: UInt32?
    /// The socket's inode number, which tells it from all others; nil where the image has none.
    public let inode: UInt32?
    /// Its own address.
    public let local: SocketAddress
    /// The address of its peer.
    public let remote: SocketAddress
    /// The inode number of a Unix socket's peer; 0 if it has none, nil for other families.
    public let peerInode: UInt32?
}

/// The address of a socket.
public enum SocketAddress: Sendable, Equatable {
    /// None, or of a sort that has none.
    case none
    /// The 4 or 16 bytes of an IP address in network order, and a port; 0 means any.
    case ip([UInt8], port: UInt32)
    /// The path of a Unix socket.
    case path(ByteText)
    /// The name of a Unix socket in the abstract namespace, without the leading NUL.
    case abstract(ByteText)
}
