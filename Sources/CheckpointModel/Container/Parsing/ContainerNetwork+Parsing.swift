internal import EvidenceText

extension ContainerNetwork {
    /// The networks by the first file that has any: Podman's, Docker's, or CRI-O's annotations.
    static func list(_ files: EngineFiles) -> Known<[ContainerNetwork]> {
        let podman = files.network.members.map { networks in
            networks.flatMap { name, node in
                (node["interfaces"].members.value ?? []).map { ContainerNetwork(name, $0.key, podman: $0.value) }
            }
        }
        let docker = files.docker["NetworkSettings"]["Networks"].members.map { networks in
            networks.map { ContainerNetwork($0.key, docker: $0.value) }
        }
        return firstKnown(podman, docker, crio(files))
    }

    private init(_ name: ByteText, _ interface: ByteText, podman node: MetadataNode) {
        self.name = .value(name)
        self.interface = .value(interface)
        hardwareAddress = node["mac_address"].text
        addresses = (node["subnets"].elements.value ?? []).compactMap { subnet in
            subnet["ipnet"].text.value.map { Address(address: $0, gateway: subnet["gateway"].text) }
        }
        origin = Origin(node.file.name)
    }

    private init(_ name: ByteText, docker node: MetadataNode) {
        self.name = .value(name)
        interface = .missing(Absence(.notRecorded, "Docker does not record the interface"))
        hardwareAddress = node["MacAddress"].text
        let keys = [
            ("IPAddress", "IPPrefixLen", "Gateway"), ("GlobalIPv6Address", "GlobalIPv6PrefixLen", "IPv6Gateway"),
        ]
        addresses = keys.compactMap { address, prefix, gateway in
            node[address].text.value.map { bytes in
                let length = node[prefix].integer.value.map { ByteText("/\($0)").bytes } ?? []
                return Address(address: ByteText(bytes.bytes + length), gateway: node[gateway].text)
            }
        }
        origin = Origin(node.file.name)
    }

    /// CRI-O notes the addresses of the pod, one an annotation, and nothing else of its network.
    private static func crio(_ files: EngineFiles) -> Known<[ContainerNetwork]> {
        let prefix = "io.kubernetes.cri-o.IP."
        let addresses = (files.annotations.members.value ?? []).filter { $0.key.bytes.starts(with: prefix.utf8) }
            .sorted { $0.key < $1.key }.compactMap { $0.value.text.value }
        let absence = Absence(.notRecorded, "CRI-O records the addresses only")
        guard !addresses.isEmpty else {
            return .missing(Absence(.notRecorded, "no file of the engine tells the network"))
        }
        return .value([
            ContainerNetwork(
                name: .missing(absence), interface: .missing(absence), hardwareAddress: .missing(absence),
                addresses: addresses.map { Address(address: $0, gateway: .missing(absence)) },
                origin: Origin(files.annotations.file.name))
        ])
    }
}
