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
    /// The manifest or index of an OCI image that the checkpoint is in.
    let manifest: MetadataNode
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
        manifest = node("oci-manifest.json")
        annotations = spec["annotations"]
        crioMetadata = annotations["io.kubernetes.cri-o.Metadata"].nested
    }

    private var all: [MetadataNode] {
        [config, spec, ownStatus, status, network, binds, docker, dockerHost, podOptions, podDump, manifest]
    }

    /// The names of the files that are there, damaged ones included.
    var present: [String] {
        var names: [String] = []
        for node in all where node.content.absence?.reason != .noImage && !names.contains(node.file.name) {
            names.append(node.file.name)
        }
        return names
    }

    /// The image that the container was made of, in an index of containerd's.
    var baseImage: MetadataNode {
        let blobs = manifest["manifests"].elements.value ?? []
        let isContainerd = blobs.contains(where: EngineFiles.isContainerd)
        let image = blobs.first { $0["mediaType"].text.value?.string?.contains(".image.manifest.") == true }
        return (isContainerd ? image : nil) ?? manifest["none"]
    }

    /// Whether a blob is of the kinds that containerd alone writes.
    static func isContainerd(_ blob: MetadataNode) -> Bool {
        blob["mediaType"].text.value?.string?.contains("vnd.containerd.container.") == true
    }

    /// What the runtime was told of Linux.
    var linux: MetadataNode { spec["linux"] }

    /// What the runtime was told of the first process.
    var process: MetadataNode { spec["process"] }

    /// What Docker was told of the container.
    var dockerConfig: MetadataNode { docker["Config"] }

    /// What the maker of an archive of a pod or of an OCI image noted of it, the annotations of blobs included.
    var makerNotes: [MetadataNode] {
        let blobs = (manifest["manifests"].elements.value ?? []).map { $0["annotations"] }
        return [podOptions["annotations"], manifest["annotations"]] + blobs
    }

    /// The first of such notes by one of some keys.
    func makerNote(_ keys: String...) -> Known<ByteText> {
        for notes in makerNotes {
            for key in keys {
                let text = notes[key].text
                if text.value != nil { return text }
            }
        }
        return .missing(Absence(.noImage, "no pod.options or OCI manifest notes it"))
    }

    /// An annotation.
    func note(_ key: String) -> Known<ByteText> { annotations[key].text }
}
