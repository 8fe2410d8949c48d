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
    /// How many connections may wait to be accepted; nil if it does not listen.
    public let backlog: UInt32?
    /// The directions that were shut down.
    public let shutdown: SocketShutdown
    /// The options that all families share.
    public let options: SocketOptions
    /// What is particular to the family.
    public let specifics: SocketSpecifics
    /// CRIU's id of the network namespace; nil if the image does not tell.
    public let networkNamespaceID: UInt32?

    /// Whether it waits for connections.
    public var isListening: Bool { state == 10 }
}

/// What is particular to the family of a socket.
public enum SocketSpecifics: Sendable, Equatable {
    /// IPv4 and IPv6.
    case internet(InternetSocket)
    /// Local sockets.
    case unix(UnixSocket)
    /// Netlink.
    case netlink(NetlinkSocket)
    /// Packet sockets.
    case packet(PacketSocket)
}

/// The directions of a socket that were shut down.
public struct SocketShutdown: OptionSet, Sendable, Hashable {
    /// The bits, as `enum sk_shutdown` of the images.
    public let rawValue: Int32

    /// Wraps bits, known or not.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Nothing can be received any more.
    public static let receiving = SocketShutdown(rawValue: 1)
    /// Nothing can be sent any more.
    public static let sending = SocketShutdown(rawValue: 2)
}
