public import EvidenceText

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
