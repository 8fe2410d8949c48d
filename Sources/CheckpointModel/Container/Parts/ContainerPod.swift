public import EvidenceText

/// A pod: containers that share namespaces.
public struct ContainerPod: Sendable {
    /// The pod's name.
    public let name: Known<ByteText>
    /// The namespace of Kubernetes that it is in.
    public let namespace: Known<ByteText>
    /// The id that Kubernetes gave it.
    public let uid: Known<ByteText>
    /// The id that the engine gave it, or its sandbox.
    public let id: Known<ByteText>
}
