public import EvidenceText

/// An IP address of a network device, as `ip addr` has it.
public struct InterfaceAddress: Sendable {
    /// The index of the device.
    public let deviceIndex: UInt32
    /// The address family.
    public let family: AddressFamily
    /// The address of the device itself.
    public let local: IPAddress
    /// The address of the other end of a point-to-point link; nil if there is no other.
    public let peer: IPAddress?
    /// How many leading bits of the address, or of the peer's, are those of the network.
    public let prefixLength: UInt8
    /// The address that reaches all of the network; nil if there is none.
    public let broadcast: IPAddress?
    /// The IPv6 anycast address; nil if there is none.
    public let anycast: IPAddress?
    /// The IPv6 multicast address; nil if there is none.
    public let multicast: IPAddress?
    /// The label of an IPv4 address, which is the name of the device, perhaps with an addition.
    public let label: ByteText?
    /// How far the address is valid (`RT_SCOPE_*`).
    public let scope: RouteScope
    /// The bits of `IFA_F_*`.
    public let flags: UInt32
    /// For how many seconds the address is preferred and valid; `UInt32.max` is for ever.
    public let lifetimes: Known<(preferred: UInt32, valid: UInt32)>
    /// The metric of the route to the network; nil if it is the usual one.
    public let metric: UInt32?
    /// Who added the address (`IFAPROT_*`); nil if it was not told.
    public let addedBy: UInt8?
    /// Attributes without a name here.
    public let others: [NetlinkAttribute]
    /// Where it was read.
    public let origin: Origin

    /// The names of the flags as `ip` has them, bits without a name last in hexadecimal.
    public var flagNames: [String] {
        let first = family == .ipv6 ? "temporary" : "secondary"
        return BitNames([
            (0x1, first), (0x2, "nodad"), (0x4, "optimistic"), (0x8, "dadfailed"), (0x10, "homeaddress"),
            (0x20, "deprecated"), (0x40, "tentative"), (0x80, "permanent"), (0x100, "mngtmpaddr"),
            (0x200, "noprefixroute"), (0x400, "autojoin"), (0x800, "stable-privacy"),
        ]).names(flags)
    }
}
