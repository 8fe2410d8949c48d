public import EvidenceText

/// What a container engine noted beside the images: `config.dump` and `spec.dump` of an archive.
public struct Container: Sendable {
    /// The engine; missing unless the files name it.
    public let engine: Known<ContainerEngine>
    /// The container's id.
    public let id: Known<ByteText>
    /// The container's name.
    public let name: Known<ByteText>
    /// The name of the image that the container was made of.
    public let image: Known<ByteText>
    /// The id of that image.
    public let imageID: Known<ByteText>
    /// The runtime, such as runc or crun.
    public let runtime: Known<ByteText>
    /// When the container was made, as the engine wrote it (RFC 3339).
    public let createdAt: Known<ByteText>
    /// When it was checkpointed, as the engine wrote it; not all do.
    public let checkpointedAt: Known<ByteText>
    /// The name and namespace of its pod, and the name and id that the pod knows it by; missing where there is no pod.
    public let pod: Known<Pod>

    /// A pod of Kubernetes.
    public struct Pod: Sendable {
        /// The pod's name.
        public let name: ByteText
        /// The namespace of Kubernetes that it is in.
        public let namespace: ByteText
    }
}

/// A container engine.
public enum ContainerEngine: String, Sendable {
    /// Podman.
    case podman = "Podman"
    /// CRI-O.
    case crio = "CRI-O"
    /// containerd, through Kubernetes' container runtime interface.
    case containerd = "containerd"
}
