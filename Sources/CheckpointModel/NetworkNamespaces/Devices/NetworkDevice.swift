public import EvidenceText

/// A network device, as `ip -d link` has it.
public struct NetworkDevice: Sendable {
    /// The index in its namespace.
    public let index: UInt32
    /// The name.
    public let name: ByteText
    /// What it is.
    public let kind: Kind
    /// The largest packet in bytes.
    public let mtu: UInt32
    /// The flags.
    public let flags: Flags
    /// The hardware address; nil if it has none.
    public let hardwareAddress: [UInt8]?
    /// The other end of a pair, or the device below; nil if there is none.
    public let peer: Peer?
    /// The index of the bridge, or the like, that it is part of; nil if it is in none.
    public let masterIndex: UInt32?
    /// What is particular to its kind.
    public let details: Details
    /// The settings of `net/ipv4/conf/NAME` and `net/ipv6/conf/NAME`.
    public let settings: [KernelSetting]
    /// Where it was read.
    public let origin: Origin

    /// The kind of a device: `nd_type` of the images.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: Int32

        /// Wraps a number, known or not.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// The device `lo`.
        public static let loopback = Kind(rawValue: 1)
        /// One end of a pair of virtual Ethernet devices.
        public static let veth = Kind(rawValue: 2)
        /// A tun or tap device.
        public static let tun = Kind(rawValue: 3)
        /// An Ethernet bridge.
        public static let bridge = Kind(rawValue: 6)

        /// The name as `ip -d link` has it, or near it; nil for a number without a name.
        public var name: String? {
            [
                1: "loopback", 2: "veth", 3: "tun", 4: "external", 5: "venet", 6: "bridge", 7: "macvlan", 8: "sit",
            ][rawValue]
        }
    }

    /// Another device, here or in another namespace.
    public struct Peer: Sendable, Equatable {
        /// Its index in its namespace.
        public let index: UInt32
        /// CRIU's number for its namespace; nil if that was not dumped.
        public let namespaceID: UInt32?
    }

    /// What is particular to a kind.
    public enum Details: Sendable {
        /// Nothing.
        case none
        /// A tun or tap device.
        case tun(TunDetails)
        /// A device with a hardware address of its own on top of another.
        case macvlan(MacvlanDetails)
        /// A tunnel of IPv6 in IPv4.
        case sit(SITDetails)
    }
}
