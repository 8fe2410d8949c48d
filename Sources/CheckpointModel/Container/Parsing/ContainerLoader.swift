internal import EvidenceText

/// Reads what a container engine noted beside the images.
struct ContainerLoader {
    private let library: ImageLibrary

    init(_ library: ImageLibrary) {
        self.library = library
    }

    /// The container, or why there is none. What is broken is listed as a problem, and the rest is read.
    func container() -> Known<Container> {
        let files = EngineFiles(library)
        let present = files.present
        guard !present.isEmpty else {
            return .missing(Absence(.noImage, "no metadata of a container engine is beside the images"))
        }
        return .value(Container(files, present: present, imagesWritten: imagesWritten))
    }

    private var imagesWritten: Known<Int64> {
        let images = library.source.imageNames.filter { $0.hasSuffix(".img") }
        let times = images.compactMap { library.source.modificationTime(of: $0) }
        return times.max().map { .value($0) } ?? .missing(Absence(.notRecorded, "the source has no times"))
    }
}

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
        rootPath = files.spec["root"]["path"].text
        cgroupPath = files.linux["cgroupsPath"].text
        cgroupParent = firstKnown(
            config["cgroupParent"].text, files.note("io.kubernetes.cri-o.CgroupParent"), host["CgroupParent"].text)
        logPath = firstKnown(
            config["logPath"].text, files.note("io.kubernetes.cri-o.LogPath"), files.status["log_path"].text,
            docker["LogPath"].text)
        logDriver = firstKnown(config["logDriver"].text, host["LogConfig"]["Type"].text)
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

extension ContainerNote {
    /// The notes of several places, sorted; missing if there are none.
    fileprivate static func merged(_ places: [Known<[ContainerNote]>]) -> Known<[ContainerNote]> {
        let notes = Set(places.compactMap(\.value).joined())
        if !notes.isEmpty { return .value(notes.sorted { ($0.key, $0.value) < ($1.key, $1.value) }) }
        return .missing(
            places.compactMap(\.absence).first { $0.reason == .damaged }
                ?? Absence(.noImage, "no pod.options or OCI manifest is there"))
    }
}

extension ContainerImage {
    init(_ files: EngineFiles) {
        let config = files.config
        requested = firstKnown(
            config["RawImageName"].text, files.note("io.kubernetes.cri-o.Image"),
            files.note("io.kubernetes.cri.image-name"), files.status["image"]["user_specified_image"].text,
            config["rootfsImage"].text, files.dockerConfig["Image"].text,
            files.makerNote(
                "org.criu.checkpoint.rootfsImageUserRequested", "io.podman.annotations.checkpoint.rawImageName"))
        name = firstKnown(
            config["rootfsImageName"].text, files.note("io.kubernetes.cri-o.ImageName"),
            files.status["image"]["image"].text, config["rootfsImage"].text, files.dockerConfig["Image"].text,
            files.makerNote(
                "org.criu.checkpoint.rootfsImageName", "io.podman.annotations.checkpoint.rootfsImageName"),
            files.baseImage["annotations"]["org.opencontainers.image.ref.name"].text)
        id = firstKnown(
            config["rootfsImageID"].text, config["rootfsImageRef"].text, files.note("io.kubernetes.cri-o.ImageRef"),
            files.status["image_ref"].text, files.docker["Image"].text,
            files.makerNote(
                "org.criu.checkpoint.rootfsImageID", "io.podman.annotations.checkpoint.rootfsImageID"),
            files.baseImage["digest"].text)
    }
}

extension ContainerTimes {
    init(_ files: EngineFiles, imagesWritten: Known<Int64>) {
        let (config, own, status) = (files.config, files.ownStatus, files.status)
        let state = files.docker["State"]
        created = firstKnown(
            config["createdTime"].time, files.docker["Created"].time, own["CreatedAt"].time,
            status["created_at"].time, files.annotations["io.kubernetes.cri-o.Created"].time)
        started = firstKnown(own["StartedAt"].time, status["started_at"].time, state["StartedAt"].time)
        checkpointed = config["checkpointedTime"].time
        finished = firstKnown(own["FinishedAt"].time, status["finished_at"].time, state["FinishedAt"].time)
        restored = config["restoredTime"].time
        self.imagesWritten = imagesWritten
    }
}

extension MetadataNode {
    /// A time; missing where the engine wrote the zero that stands for none.
    fileprivate var time: Known<EngineTime> {
        let zero: Known<EngineTime> = .missing(Absence(.notRecorded, "\(path) is not set in \(file.name)"))
        if case .value(.number) = content { return integer.flatMap { $0 == 0 ? zero : .value(.nanoseconds($0)) } }
        return text.flatMap { text in
            text.bytes.starts(with: "0001-01-01T00:00:00".utf8) ? zero : .value(.text(text))
        }
    }
}
