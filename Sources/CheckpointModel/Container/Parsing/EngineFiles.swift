internal import EvidenceText

/// The files that container engines put beside the images, each as far as it is there and can be read.
struct EngineFiles {
    /// `config.dump`: Podman's own description of a container, or the short one of CRI-O and containerd.
    let config: MetadataNode
    /// `spec.dump`: what the runtime was told (OCI runtime specification).
    let spec: MetadataNode
    /// `status` of containerd: its own notes.
    let ownStatus: MetadataNode
    /// `status.dump` of containerd: what it told Kubernetes.
    let status: MetadataNode
    /// `network.status` of Podman.
    let network: MetadataNode
    /// `bind.mounts` of CRI-O.
    let binds: MetadataNode
    /// `config.v2.json` of Docker, beside the folder of its checkpoints.
    let docker: MetadataNode
    /// `hostconfig.json` of Docker, in the same place.
    let dockerHost: MetadataNode
    /// `pod.options` of an archive of a pod.
    let podOptions: MetadataNode
    /// `pod.dump` of an archive of a pod.
    let podDump: MetadataNode
    /// The annotations of the runtime's specification.
    let annotations: MetadataNode
    /// What CRI-O notes as JSON in an annotation: the container's name within its pod.
    let crioMetadata: MetadataNode

    init(_ library: ImageLibrary) {
        func node(_ name: String) -> MetadataNode { MetadataFile.node(name, in: library) }
        config = node("config.dump")
        let dumped = node("spec.dump")
        // Podman keeps a copy, without what it adds at the start.
        let copy = config["spec"]
        spec = (dumped.file.damage != nil || !dumped.exists) && copy.exists ? copy : dumped
        ownStatus = node("status")
        status = node("status.dump")
        network = node("network.status")
        binds = node("bind.mounts")
        docker = node("config.v2.json")
        dockerHost = node("hostconfig.json")
        podOptions = node("pod.options")
        podDump = node("pod.dump")
        annotations = spec["annotations"]
        crioMetadata = annotations["io.kubernetes.cri-o.Metadata"].nested
    }

    private var all: [MetadataNode] {
        [config, spec, ownStatus, status, network, binds, docker, dockerHost, podOptions, podDump]
    }

    /// The names of the files that are there, damaged ones included.
    var present: [String] {
        var names: [String] = []
        for node in all where node.content.absence?.reason != .noImage && !names.contains(node.file.name) {
            names.append(node.file.name)
        }
        return names
    }

    /// What the runtime was told of Linux.
    var linux: MetadataNode { spec["linux"] }

    /// What the runtime was told of the first process.
    var process: MetadataNode { spec["process"] }

    /// What Docker was told of the container.
    var dockerConfig: MetadataNode { docker["Config"] }

    /// An annotation.
    func note(_ key: String) -> Known<ByteText> { annotations[key].text }
}
