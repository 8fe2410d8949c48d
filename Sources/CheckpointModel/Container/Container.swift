public import EvidenceText

/// What a container engine noted beside the images.
///
/// Engines write different files, and none writes all of this: each value that is missing says why.
public struct Container: Sendable {
    /// The engine; missing unless the files name it.
    public let engine: Known<ContainerEngine>
    /// What names the engine, in words: the file and what it holds.
    public let engineEvidence: Known<String>
    /// The container's id.
    public let id: Known<ByteText>
    /// The container's name, as its user knows it: for Kubernetes the name within the pod.
    public let name: Known<ByteText>
    /// The name that the engine made of the names of container and pod; missing where it is the container's name.
    public let fullName: Known<ByteText>
    /// The host name that the container was given.
    public let hostname: Known<ByteText>
    /// What the container was made of.
    public let image: ContainerImage
    /// The runtime, such as runc or crun; for Kubernetes its handler.
    public let runtime: Known<ByteText>
    /// When things happened to it.
    public let times: ContainerTimes
    /// The pod that it is in; missing as not applicable where nothing names one.
    public let pod: Known<ContainerPod>
    /// What was to be run, and how.
    public let process: ContainerProcess
    /// Whether it ran, and what the engine was to do when it ends.
    public let lifecycle: ContainerLifecycle
    /// What was mounted into it.
    public let mounts: Known<[ContainerMount]>
    /// The networks that it was in.
    public let networks: Known<[ContainerNetwork]>
    /// The ports of the host that lead into it.
    public let ports: Known<[ContainerPort]>
    /// How much it could take of the machine.
    public let resources: ContainerResources
    /// The namespaces that it was given; those of other types are the runtime's own, as a rule the host's.
    public let namespaces: Known<[ContainerNamespace]>
    /// What it was allowed to do.
    public let security: ContainerSecurity
    /// What weakens the wall between container and host, in the order of weight; empty where the files show nothing of
    /// the kind, which is no proof that there is nothing.
    public let exposures: [ContainerExposure]
    /// Where its parts were on the host.
    public let paths: ContainerPaths
    /// Its labels, sorted.
    public let labels: Known<[ContainerNote]>
    /// Its annotations, those of the engine included, sorted.
    public let annotations: Known<[ContainerNote]>
    /// What the maker of an archive of a pod or of an OCI image noted of the checkpoint and of its host, sorted.
    public let makerNotes: Known<[ContainerNote]>
    /// The files of engines that were there, in the order in which they are asked for.
    public let files: [String]
}

/// A container engine.
public enum ContainerEngine: String, Sendable {
    /// Podman.
    case podman = "Podman"
    /// CRI-O.
    case crio = "CRI-O"
    /// containerd, by itself or through Kubernetes' container runtime interface.
    case containerd = "containerd"
    /// Docker.
    case docker = "Docker"
}
