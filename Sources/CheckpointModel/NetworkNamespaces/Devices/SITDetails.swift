/// What is particular to a tunnel of IPv6 in IPv4.
public struct SITDetails: Sendable, Equatable {
    /// The index of the device below; 0 for any, nil if it was not told.
    public let deviceIndex: UInt32?
    /// The own end; nil for any.
    public let local: IPAddress?
    /// The other end; nil for any.
    public let remote: IPAddress?
    /// The time to live of outer packets; 0 copies that of the inner packet, nil if it was not told.
    public let timeToLive: UInt32?
    /// The type of service of outer packets; 1 copies that of the inner packet, nil if it was not told.
    public let typeOfService: UInt32?
    /// Whether the path MTU is discovered.
    public let discoversPathMTU: Bool
    /// The protocol inside: 41 IPv6, 4 IPv4, 0 any; nil if it was not told.
    public let innerProtocol: UInt32?
    /// The bits of the tunnel; nil if they were not told.
    public let flags: UInt32?
    /// The further encapsulation; nil if it was not told.
    public let encapsulation: Encapsulation?
    /// The IPv6 prefix of 6rd; nil without 6rd.
    public let prefix6rd: IPPrefix?
    /// The IPv4 prefix of relays of 6rd; nil without 6rd.
    public let relayPrefix6rd: IPPrefix?

    /// An encapsulation in UDP.
    public struct Encapsulation: Sendable, Equatable {
        /// 0 none, 1 FOU, 2 GUE.
        public let type: UInt32
        /// Its flags.
        public let flags: UInt32
        /// The source port.
        public let sourcePort: UInt16
        /// The destination port.
        public let destinationPort: UInt16
    }
}
