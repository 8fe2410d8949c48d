import CheckpointModel

extension Forms {
    /// What a container engine noted beside the images.
    static let container = Form<Container>.object(
        "container", "What a container engine noted beside the images.",
        [
            .known("engine", .string, "The engine, if the files name it.") { $0.engine.map(\.rawValue) },
            .known("id", .text, "The container's id.") { $0.id },
            .known("name", .text, "The container's name.") { $0.name },
            .known("image", .text, "The image that the container was made of.") { $0.image },
            .known("image_id", .text, "The id of that image.") { $0.imageID },
            .known("runtime", .text, "The runtime.") { $0.runtime },
            .known("created_at", .text, "When the container was made, as the engine wrote it.") { $0.createdAt },
            .known("checkpointed_at", .text, "When it was checkpointed, as the engine wrote it.") {
                $0.checkpointedAt
            },
            .known("pod", pod, "The pod that it belongs to.") { $0.pod },
        ])

    private static let pod = Form<Container.Pod>.object(
        "pod", "A pod of Kubernetes.",
        [
            .must("name", .text, "The pod's name.") { $0.name },
            .must("namespace", .text, "The namespace of Kubernetes that it is in.") { $0.namespace },
        ])
}
