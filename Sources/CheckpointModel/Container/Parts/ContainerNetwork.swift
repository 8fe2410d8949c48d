public import EvidenceText

/// A network that a container was in, as the engine set it up.
public struct ContainerNetwork: Sendable {
    /// The network's name.
    public let name: Known<ByteText>
    /// The interface in the container.
    public let interface: Known<ByteText>
    /// The hardware address.
    public let hardwareAddress: Known<ByteText>
    /// The addresses.
    public let addresses: [Address]
    /// Where it was read.
    public let origin: Origin

    /// An address of the container.
    public struct Address: Sendable, Equatable {
        /// The address, with the length of its prefix where the engine wrote it: `10.88.0.23/16`.
        public let address: ByteText
        /// The gateway of its network.
        public let gateway: Known<ByteText>
    }
}

/// A port of the host that leads into a container.
public struct ContainerPort: Sendable {
    /// The address of the host that is listened on; missing for all.
    public let hostAddress: Known<ByteText>
    /// The port of the host, the first one of a range.
    public let hostPort: Known<Int64>
    /// The port of the container.
    public let containerPort: Known<Int64>
    /// How many ports follow one another.
    public let count: Int64
    /// The protocol: `tcp`, `udp`, `sctp`.
    public let networkProtocol: Known<ByteText>
    /// Where it was read.
    public let origin: Origin
}
