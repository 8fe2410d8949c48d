internal import EvidenceText

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
