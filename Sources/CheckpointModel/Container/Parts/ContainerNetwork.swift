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
