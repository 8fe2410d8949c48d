/// From where to where packets go.
public struct FlowTuple: Sendable, Equatable {
    /// The source address; nil if the message has none.
    public let source: IPAddress?
    /// The destination address; nil if the message has none.
    public let destination: IPAddress?
    /// The transport protocol (`IPPROTO_*`); nil if the message has none.
    public let transport: UInt8?
    /// The source port; nil for protocols without ports.
    public let sourcePort: UInt16?
    /// The destination port; nil for protocols without ports.
    public let destinationPort: UInt16?
    /// The type, code and id of ICMP and ICMPv6; nil for other protocols.
    public let icmp: ICMP?

    /// What tells packets of ICMP apart.
    public struct ICMP: Sendable, Equatable {
        /// The type of message.
        public let type: UInt8
        /// The code of the type.
        public let code: UInt8
        /// The identifier.
        public let id: UInt16
    }
}

extension FlowTuple {
    /// Reads the attributes `CTA_TUPLE_*` or `CTA_EXPECT_*`; addresses and ports are in network order.
    init(parsing attributes: NetlinkAttributes) {
        let addresses = attributes.nested(1)
        let transport = attributes.nested(2)
        func address(_ numbers: [UInt16]) -> IPAddress? {
            numbers.lazy.compactMap { addresses?[$0] }.first.flatMap { IPAddress($0.bytes) }
        }
        func port(_ number: UInt16) -> UInt16? { transport?[number]?.network(as: UInt16.self) }
        (source, destination) = (address([1, 3]), address([2, 4]))
        self.transport = transport?[1]?.bytes.first
        (sourcePort, destinationPort) = (port(2), port(3))
        let type = transport?[5]?.bytes.first ?? transport?[8]?.bytes.first
        icmp = type.map { type in
            ICMP(
                type: type, code: transport?[6]?.bytes.first ?? transport?[9]?.bytes.first ?? 0,
                id: port(4) ?? port(7) ?? 0)
        }
    }
}
