/// An address family (`AF_*`).
public struct AddressFamily: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt8

    /// Wraps a number, known or not.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// IPv4.
    public static let ipv4 = AddressFamily(rawValue: 2)
    /// IPv6.
    public static let ipv6 = AddressFamily(rawValue: 10)
    /// Routing of multicast, IPv4.
    public static let multicastRouting4 = AddressFamily(rawValue: 128)
    /// Routing of multicast, IPv6.
    public static let multicastRouting6 = AddressFamily(rawValue: 129)

    /// The name as `ip` has it; nil for a number without a name.
    public var name: String? {
        switch self {
        case .ipv4: "inet"
        case .ipv6: "inet6"
        case AddressFamily(rawValue: 7): "bridge"
        case AddressFamily(rawValue: 17): "link"
        case AddressFamily(rawValue: 28): "mpls"
        default: nil
        }
    }

    /// How many bytes an address has; nil if it is not known.
    var addressSize: Int? {
        switch self {
        case .ipv4, .multicastRouting4: 4
        case .ipv6, .multicastRouting6: 16
        default: nil
        }
    }
}

/// An IP address.
public struct IPAddress: Hashable, Sendable {
    /// The 4 or 16 bytes in network order.
    public let bytes: [UInt8]

    /// Wraps the bytes of an address; nil unless there are 4 or 16.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// The address of only zeros, which stands for any.
    static func any(_ family: AddressFamily) -> IPAddress? {
        family.addressSize.flatMap { IPAddress(Array(repeating: 0, count: $0)) }
    }
}

/// A range of IP addresses that begin alike.
public struct IPPrefix: Hashable, Sendable {
    /// The address.
    public let address: IPAddress
    /// How many leading bits count.
    public let length: UInt8
}
