internal import EvidenceText

extension ContainerPort {
    /// The ports by the first file that has any.
    static func list(_ files: EngineFiles) -> Known<[ContainerPort]> {
        let podman = firstKnown(
            files.config["newPortMappings"].elements.map { $0.map { ContainerPort(podman: $0) } },
            files.config["portMappings"].elements.map { $0.map { ContainerPort(oldPodman: $0) } })
        let docker = files.docker["NetworkSettings"]["Ports"].members.map { ports in
            ports.flatMap { name, node in
                (node.elements.value ?? []).map { ContainerPort(docker: $0, name) }
            }
        }
        return firstKnown(podman, docker)
    }

    private init(podman node: MetadataNode) {
        hostAddress = node["host_ip"].text
        hostPort = node["host_port"].integer
        containerPort = node["container_port"].integer
        count = max(node["range"].integer.value ?? 1, 1)
        networkProtocol = node["protocol"].text
        origin = Origin(node.file.name)
    }

    private init(oldPodman node: MetadataNode) {
        hostAddress = node["hostIP"].text
        hostPort = node["hostPort"].integer
        containerPort = node["containerPort"].integer
        count = 1
        networkProtocol = node["protocol"].text
        origin = Origin(node.file.name)
    }

    /// - Parameter name: The port of the container and its protocol: `80/tcp`.
    private init(docker node: MetadataNode, _ name: ByteText) {
        let parts = (name.string ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        let absence = Absence(.damaged, "\(node.path) does not name a port")
        hostAddress = node["HostIp"].text
        hostPort = node["HostPort"].text.flatMap { text in
            text.string.flatMap { Int64($0) }.map { .value($0) } ?? .missing(absence)
        }
        containerPort = parts.first.flatMap { Int64($0) }.map { .value($0) } ?? .missing(absence)
        networkProtocol = parts.count == 2 ? .value(ByteText(parts[1])) : .missing(absence)
        count = 1
        origin = Origin(node.file.name)
    }
}
