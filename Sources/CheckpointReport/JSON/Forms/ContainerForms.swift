import CheckpointModel
import EvidenceText

extension Forms {
    /// What a container engine noted beside the images. What identifies the container is in every document.
    static let container = Form<Container>.object(
        "container", "What a container engine noted beside the images.",
        [
            .known("engine", .string, "The engine, if the files name it.") { $0.engine.map(\.rawValue) },
            .known("engine_evidence", .text, "What names the engine.") { $0.engineEvidence.map { ByteText($0) } },
            .known("id", .text, "The container's id.") { $0.id },
            .known("name", .text, "The container's name; for Kubernetes the name within the pod.") { $0.name },
            .known("full_name", .text, "The name that the engine made of those of container and pod.") {
                $0.fullName
            },
            .known("hostname", .text, "The host name that the container was given.") { $0.hostname },
            .known("image", .text, "The image that the container was made of, with registry and tag.") {
                $0.image.name
            },
            .known("image_requested", .text, "The image as the user named it.") { $0.image.requested },
            .known("image_id", .text, "The id or digest of that image, or a name with it.") { $0.image.id },
            .known("runtime", .text, "The runtime.") { $0.runtime },
        ] + containerTimes + [
            .known("pod", pod, "The pod that it is in.") { $0.pod },
            .must("exposures", .list(containerExposure), "What weakens the wall between container and host.") {
                $0.exposures
            }.part(.container),
            .must("process", containerProcess, "What was to be run.") { $0.process }.part(.container),
            .must("lifecycle", lifecycle, "Whether it ran, and what was to be done when it ends.") {
                $0.lifecycle
            }.part(.container),
            .known("mounts", .list(containerMount), "What was mounted into it, as the engine planned it.") {
                $0.mounts
            }.part(.container),
            .known("networks", .list(containerNetwork), "The networks that it was in.") { $0.networks }.part(
                .container),
            .known("ports", .list(containerPort), "The ports of the host that lead into it.") { $0.ports }
                .part(.container),
            .must("resources", resources, "How much it could take of the machine.") { $0.resources }.part(.container),
            .known("namespaces", .list(containerNamespace), "The namespaces that it was given.") { $0.namespaces }
                .part(.container),
            .must("security", containerSecurity, "What it was allowed to do.") { $0.security }.part(.container),
            .known("root_path", .text, "The path of its root file system on the host.") { $0.paths.root }
                .part(.container),
            .known("cgroup_path", .text, "Its cgroup, as the runtime was told.") { $0.paths.cgroup }.part(.container),
            .known("cgroup_parent", .text, "The cgroup that its cgroup is in.") { $0.paths.cgroupParent }.part(
                .container),
            .known("log_path", .text, "Where its log was on the host.") { $0.paths.log }.part(.container),
            .known("log_driver", .text, "How the engine keeps its log.") { $0.paths.logDriver }.part(.container),
            .known("labels", .list(containerNote), "Its labels, sorted.") { $0.labels }.part(.container),
            .known("annotations", .list(containerNote), "Its annotations, sorted.") { $0.annotations }
                .part(.container),
            .known("maker_notes", .list(containerNote), "What the maker of the archive or image noted of it.") {
                $0.makerNotes
            }.part(.container),
            .must("files", .strings, "The files of engines that were there.") { $0.files }.part(.container),
        ])

    private static let containerTimes: [Field<Container>] = [
        .known("created_at", .text, "When the container was made, as the engine wrote it.") {
            $0.times.created.map(\.text)
        },
        .known("started_at", .text, "When it was last started, as the engine wrote it.") {
            $0.times.started.map(\.text)
        },
        .known("checkpointed_at", .text, "When it was checkpointed, as the engine wrote it.") {
            $0.times.checkpointed.map(\.text)
        },
        .known("images_written_at", .time.aside, "When the youngest image was written, by the times of the files.") {
            $0.times.imagesWritten
        },
        .known("finished_at", .text, "When it had last ended, before it was started again.") {
            $0.times.finished.map(\.text)
        },
        .known("restored_at", .text, "When it had been restored from an earlier checkpoint.") {
            $0.times.restored.map(\.text)
        },
    ]

    private static let pod = Form<ContainerPod>.object(
        "pod", "A pod: containers that share namespaces.",
        [
            .known("name", .text, "The pod's name.") { $0.name },
            .known("namespace", .text, "The namespace of Kubernetes that it is in.") { $0.namespace },
            .known("uid", .text, "The id that Kubernetes gave it.") { $0.uid },
            .known("id", .text, "The id that the engine gave it, or its sandbox.") { $0.id },
        ])

    private static let containerNote = Form<ContainerNote>.object(
        "container_note", "A label or an annotation.",
        [
            .must("key", .text, "Its name.") { $0.key },
            .must("value", .text, "Its value.") { $0.value },
        ]
    ).matched(by: "key")

    private static let containerExposure = Form<ContainerExposure>.object(
        "container_exposure", "Something that weakens the wall between a container and its host.",
        [
            .must("kind", .enumerated(ContainerExposure.Kind.allCases.map(\.rawValue)), "What sort it is.") {
                $0.kind.rawValue
            },
            .must("subjects", .texts, "What it is about: capabilities, namespaces, source and place of a mount.") {
                $0.subjects
            },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "kind")
}
