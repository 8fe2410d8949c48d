public import EvidenceText

/// The address of a socket.
public enum SocketAddress: Sendable, Equatable, Hashable {
    /// None, or of a sort that has none.
    case none
    /// The 4 or 16 bytes of an IP address in network order, and a port; 0 means any.
    case ip([UInt8], port: UInt32)
    /// The path of a Unix socket.
    case path(ByteText)
    /// The name of a Unix socket in the abstract namespace, without the leading NUL.
    case abstract(ByteText)

    /// Whether it is an address with a port or name, not a wildcard.
    public var isSpecific: Bool {
        guard case .ip(let bytes, let port) = self else { return self != .none }
        return port != 0 || bytes.contains { $0 != 0 }
    }
}
