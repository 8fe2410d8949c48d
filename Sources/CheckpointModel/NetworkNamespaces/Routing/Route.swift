/// A route, as `ip route` has it.
public struct Route: Sendable {
    /// The address family.
    public let family: AddressFamily
    /// What it does with packets.
    public let kind: RouteKind
    /// Which packets it is for; nil for all.
    public let destination: IPPrefix?
    /// From where packets have to come; nil for anywhere.
    public let source: IPPrefix?
    /// The type of service of the packets; 0 for any.
    public let typeOfService: UInt8
    /// The table that it is in.
    public let table: RouteTable
    /// Who made it.
    public let madeBy: RouteProtocol
    /// How far it is valid.
    public let scope: RouteScope
    /// The ways on, of which there are several for a route of several paths, and none for one that drops packets.
    public let hops: [Hop]
    /// The source address that packets get; nil if it is not set.
    public let preferredSource: IPAddress?
    /// The less, the sooner it is taken; nil if none was told.
    public let metric: UInt32?
    /// The IPv6 preference of the router (0 medium, 1 high, 3 low); nil for none.
    public let preference: UInt8?
    /// The index of the device that packets come in by; nil for any.
    public let incomingDeviceIndex: UInt32?
    /// The parameters of the path (`RTAX_*`), by number.
    public let metrics: [NetlinkAttribute]
    /// The bits of `RTM_F_*` and, of the one way on, of `RTNH_F_*`.
    public let flags: UInt32
    /// The seconds until it goes; nil if it stays.
    public let expiresSeconds: UInt32?
    /// The id of the next-hop object that it uses; nil if it uses none.
    public let nextHopObject: UInt32?
    /// Attributes without a name here.
    public let others: [NetlinkAttribute]
    /// Where it was read.
    public let origin: Origin

    /// A way on.
    public struct Hop: Sendable, Hashable {
        /// The next router; nil if the destination is on the link itself.
        public let gateway: IPAddress?
        /// The index of the device that packets leave by; nil if it is not told.
        public let deviceIndex: UInt32?
        /// How often this way is taken, compared with others; 1 for the only one.
        public let weight: Int
        /// The bits of `RTNH_F_*`.
        public let flags: UInt8
    }

    /// The names of the flags as `ip` has them, bits without a name last in hexadecimal.
    public var flagNames: [String] { Route.flagBits.names(flags) }

    private static let flagBits = BitNames([
        (0x1, "dead"), (0x2, "pervasive"), (0x4, "onlink"), (0x8, "offload"), (0x10, "linkdown"), (0x20, "unresolved"),
        (0x40, "trap"), (0x100, "notify"), (0x200, "cache"), (0x400, "equalize"), (0x800, "prefix"),
        (0x4000, "rt_offload"), (0x8000, "rt_trap"),
    ])
}
