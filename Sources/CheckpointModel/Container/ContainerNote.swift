public import EvidenceText

/// A name and a value that somebody gave a container: a label or an annotation.
public struct ContainerNote: Sendable, Hashable {
    /// The name.
    public let key: ByteText
    /// The value.
    public let value: ByteText
}
