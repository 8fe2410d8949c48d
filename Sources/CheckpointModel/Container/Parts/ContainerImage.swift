public import EvidenceText

/// The image that a container was made of.
public struct ContainerImage: Sendable {
    /// The name that the user gave; it may lead to another image today.
    public let requested: Known<ByteText>
    /// The name that the engine made of it, with registry and tag.
    public let name: Known<ByteText>
    /// The id or digest of the image, or a name with it.
    public let id: Known<ByteText>
}
