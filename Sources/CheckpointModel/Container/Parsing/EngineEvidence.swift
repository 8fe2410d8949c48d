internal import EvidenceText

/// What names an engine. Each is something that only that engine writes.
struct EngineEvidence {
    let engine: ContainerEngine
    let words: String

    static func find(_ files: EngineFiles) -> Known<EngineEvidence> {
        if let named = manager(files) { return named }
        let spec = files.spec.file.name
        let rules: [(Bool, ContainerEngine, String)] = [
            (files.note("io.kubernetes.cri-o.SandboxID").value != nil, .crio, "\(spec) has annotations of CRI-O"),
            (
                files.note("io.kubernetes.cri.container-name").value != nil
                    || files.note("io.kubernetes.cri.sandbox-id").value != nil, .containerd,
                "\(spec) has annotations of containerd's io.kubernetes.cri"
            ),
            (hasPodmanNote(files.annotations), .podman, "\(spec) has annotations io.podman.annotations"),
            (
                files.config["lockID"].exists && files.config["conmonPidFile"].exists, .podman,
                "config.dump has Podman's own members, lockID and conmonPidFile"
            ),
            (files.docker["ID"].exists, .docker, "config.v2.json is beside the checkpoint"),
            (
                files.ownStatus["Version"].exists && files.ownStatus["CreatedAt"].exists, .containerd,
                "containerd's file status is there"
            ),
            (
                (files.manifest["manifests"].elements.value ?? []).contains(where: EngineFiles.isContainerd),
                .containerd, "the OCI index has blobs of containerd's own kinds"
            ),
            (
                hasPodmanNote(files.manifest["annotations"]), .podman,
                "the OCI manifest has annotations io.podman.annotations"
            ),
        ]
        for (holds, engine, words) in rules where holds { return .value(EngineEvidence(engine: engine, words: words)) }
        let absence = files.spec.content.absence ?? files.spec.file.damage
        return .missing(absence ?? Absence(.notRecorded, "no file names the engine, nor has what one alone writes"))
    }

    /// The annotation that is meant to name the engine; nil if it is not there.
    private static func manager(_ files: EngineFiles) -> Known<EngineEvidence>? {
        let places: [(MetadataNode, String, String)] = [
            (files.annotations, "io.container.manager", files.spec.file.name),
            (files.podOptions["annotations"], "org.criu.checkpoint.engine.name", "pod.options"),
            (files.manifest["annotations"], "org.criu.checkpoint.engine.name", "the OCI manifest"),
        ]
        for (notes, key, file) in places {
            guard let name = notes[key].text.value else { continue }
            guard let engine = engines[name.string?.lowercased() ?? ""] else {
                return .missing(Absence(.unsupported, "\(key) in \(file) names an engine that is not known"))
            }
            return .value(EngineEvidence(engine: engine, words: "\(key) in \(file) is \(name.forTerminal)"))
        }
        return nil
    }

    private static let engines: [String: ContainerEngine] = [
        "libpod": .podman, "podman": .podman, "cri-o": .crio, "containerd": .containerd, "docker": .docker,
    ]

    private static func hasPodmanNote(_ notes: MetadataNode) -> Bool {
        (notes.members.value ?? []).contains { $0.key.bytes.starts(with: "io.podman.annotations.".utf8) }
    }
}
