internal import EvidenceText

extension Container {
    init(_ files: EngineFiles, present: [String], imagesWritten: Known<Int64>) {
        let (config, docker, host) = (files.config, files.docker, files.dockerHost)
        let evidence = EngineEvidence.find(files)
        engine = evidence.map(\.engine)
        engineEvidence = evidence.map(\.words)
        id = firstKnown(
            config["id"].text, docker["ID"].text, files.status["id"].text,
            files.note("io.kubernetes.cri-o.ContainerID"), files.makerNote("org.criu.checkpoint.container.id"))
        (name, fullName) = Container.names(files)
        hostname = firstKnown(
            files.spec["hostname"].text, files.dockerConfig["Hostname"].text, files.podDump["hostname"].text)
        image = ContainerImage(files)
        runtime = firstKnown(
            config["runtime"].text, host["Runtime"].text,
            files.makerNote(
                "org.criu.checkpoint.runtime.name", "io.podman.annotations.checkpoint.runtime.name",
                "io.containerd.checkpoint.runtime"))
        times = ContainerTimes(files, imagesWritten: imagesWritten)
        pod = ContainerPod.find(files)
        process = ContainerProcess(files)
        lifecycle = ContainerLifecycle(files)
        mounts = ContainerMount.list(files)
        networks = ContainerNetwork.list(files)
        ports = ContainerPort.list(files)
        resources = ContainerResources(files)
        namespaces = ContainerNamespace.list(files)
        security = ContainerSecurity(files)
        exposures = ExposureFinder(files, mounts: mounts.value ?? []).exposures
        paths = ContainerPaths(files)
        labels = firstKnown(
            config["labels"].notes, files.annotations["io.kubernetes.cri-o.Labels"].nested.notes,
            files.status["labels"].notes, files.dockerConfig["Labels"].notes)
        annotations = firstKnown(files.annotations.notes, files.status["annotations"].notes)
        makerNotes = ContainerNote.merged(files.makerNotes.map(\.notes))
        self.files = present
    }

    /// The name that users know, and the one that the engine made of it.
    private static func names(_ files: EngineFiles) -> (name: Known<ByteText>, full: Known<ByteText>) {
        let written = firstKnown(
            files.config["name"].text, files.docker["Name"].text.map(withoutSlash),
            files.makerNote("org.criu.checkpoint.container.name", "io.podman.annotations.checkpoint.name"))
        let inPod = firstKnown(
            files.note("io.kubernetes.cri.container-name"), files.crioMetadata["name"].text,
            files.status["metadata"]["name"].text)
        let name = inPod.value != nil ? inPod : firstKnown(written, inPod)
        guard inPod.value != nil, written.value != nil, written != inPod else {
            return (name, .missing(Absence(.notApplicable, "the container has one name only")))
        }
        return (name, written)
    }

    /// Docker writes a slash before names.
    private static func withoutSlash(_ name: ByteText) -> ByteText {
        name.bytes.first == UInt8(ascii: "/") ? ByteText(Array(name.bytes.dropFirst())) : name
    }
}
