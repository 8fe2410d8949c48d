/// How far something is valid (`RT_SCOPE_*`).
public struct RouteScope: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt8

    /// Wraps a number, known or not.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Everywhere.
    public static let global = RouteScope(rawValue: 0)

    /// The name as `ip` has it; nil for a number without a name.
    public var name: String? { [0: "global", 200: "site", 253: "link", 254: "host", 255: "nowhere"][rawValue] }
}

/// A table of routes (`RT_TABLE_*`).
public struct RouteTable: RawRepresentable, Hashable, Sendable {
    /// The number of the table.
    public let rawValue: UInt32

    /// Wraps a number, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The table that is used unless a rule says otherwise.
    public static let main = RouteTable(rawValue: 254)

    /// The name that every machine has for it; nil for a number without one.
    public var name: String? { [0: "unspec", 253: "default", 254: "main", 255: "local"][rawValue] }
}

/// Who made a route or rule (`RTPROT_*`).
public struct RouteProtocol: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt8

    /// Wraps a number, known or not.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// By hand.
    public static let boot = RouteProtocol(rawValue: 3)

    /// The name as `ip` has it; nil for a number without a name.
    public var name: String? {
        [
            0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt",
            11: "zebra",
            12: "bird", 13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 17: "mrouted", 18: "keepalived",
            42: "babel", 186: "bgp", 187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
        ][rawValue]
    }
}

/// What a route does with packets (`RTN_*`).
public struct RouteKind: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt8

    /// Wraps a number, known or not.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Sends them on.
    public static let unicast = RouteKind(rawValue: 1)

    /// The name as `ip` has it; nil for a number without a name.
    public var name: String? {
        [
            0: "none", 1: "unicast", 2: "local", 3: "broadcast", 4: "anycast", 5: "multicast", 6: "blackhole",
            7: "unreachable", 8: "prohibit", 9: "throw", 10: "nat", 11: "xresolve",
        ][rawValue]
    }
}
