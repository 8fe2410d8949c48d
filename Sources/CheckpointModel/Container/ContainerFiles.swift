/// What cryoscope reads of `config.dump`, by the keys of Podman, CRI-O and containerd.
struct ContainerConfig: Decodable {
    var id: String?
    var name: String?
    var rootfsImageName: String?
    var rootfsImage: String?
    var rootfsImageRef: String?
    var rootfsImageID: String?
    var runtime: String?
    var createdTime: String?
    var checkpointedTime: String?
}

/// What cryoscope reads of `spec.dump`, the configuration of an OCI runtime.
struct ContainerSpec: Decodable {
    var annotations: [String: String]?
}
