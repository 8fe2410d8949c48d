internal import EvidenceText

extension ContainerNamespace {
    static func list(_ files: EngineFiles) -> Known<[ContainerNamespace]> {
        files.linux["namespaces"].elements.map { nodes in
            nodes.compactMap { node in
                node["type"].text.value.map { type in
                    let path = node["path"]
                    let isNew = !path.exists && path.content.absence?.reason == .notRecorded
                    return ContainerNamespace(
                        type: type, path: isNew ? .missing(Absence(.notApplicable, "a new one was made")) : path.text)
                }
            }
        }
    }
}
