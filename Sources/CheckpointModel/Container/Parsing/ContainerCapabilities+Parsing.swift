internal import EvidenceText

extension ContainerCapabilities {
    init(_ node: MetadataNode) {
        bounding = node["bounding"].texts
        permitted = node["permitted"].texts
        effective = node["effective"].texts
        inheritable = node["inheritable"].texts
        ambient = node["ambient"].texts
    }
}
