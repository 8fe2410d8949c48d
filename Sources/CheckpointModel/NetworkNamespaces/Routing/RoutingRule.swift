public import EvidenceText

/// A rule that picks a table of routes, as `ip rule` has it.
public struct RoutingRule: Sendable {
    /// The address family.
    public let family: AddressFamily
    /// Rules are tried in ascending order of this.
    public let priority: UInt32
    /// From where packets have to come; nil for anywhere.
    public let source: IPPrefix?
    /// Where packets have to go; nil for anywhere.
    public let destination: IPPrefix?
    /// Whether the rule is for packets that do not fit.
    public let isInverted: Bool
    /// The type of service of the packets; 0 for any.
    public let typeOfService: UInt8
    /// The mark of the packets; nil for any.
    public let mark: UInt32?
    /// Which bits of the mark count; nil for all.
    public let markMask: UInt32?
    /// The name of the device that packets come in by; nil for any.
    public let incomingDevice: ByteText?
    /// The name of the device that packets leave by; nil for any.
    public let outgoingDevice: ByteText?
    /// The users whose packets it is for; nil for all.
    public let users: Span?
    /// The transport protocol; nil for any.
    public let transport: UInt8?
    /// The source ports; nil for all.
    public let sourcePorts: Span?
    /// The destination ports; nil for all.
    public let destinationPorts: Span?
    /// What it does (`FR_ACT_*`).
    public let action: Action
    /// The table that it picks; of use for the action that does so.
    public let table: RouteTable
    /// The priority of the rule that it goes to; nil unless it does.
    public let target: UInt32?
    /// Routes of the table with a prefix of at most so many bits are passed over; nil if none are.
    public let suppressedPrefixLength: UInt32?
    /// Whether the table is that of the device's own domain (VRF).
    public let usesDeviceDomain: Bool
    /// Who made it; nil if it was not told.
    public let madeBy: RouteProtocol?
    /// The bits of `FIB_RULE_*`.
    public let flags: UInt32
    /// Attributes without a name here.
    public let others: [NetlinkAttribute]
    /// Where it was read.
    public let origin: Origin

    /// A range of numbers, both ends included.
    public struct Span: Sendable, Hashable {
        /// The first.
        public let first: UInt32
        /// The last.
        public let last: UInt32
    }

    /// What a rule does.
    public struct Action: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: UInt8

        /// Wraps a number, known or not.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Picks a table.
        public static let lookup = Action(rawValue: 1)
        /// Goes to another rule.
        public static let goto = Action(rawValue: 2)

        /// The name as `ip` has it; nil for a number without a name.
        public var name: String? {
            [1: "lookup", 2: "goto", 3: "nop", 6: "blackhole", 7: "unreachable", 8: "prohibit"][rawValue]
        }
    }
}
