internal import EvidenceText

extension ContainerSeccomp {
    static func find(_ node: MetadataNode) -> Known<ContainerSeccomp> {
        node.content.map { _ in
            let rules = node["syscalls"].elements
            var counts: [ByteText: Int] = [:]
            for rule in rules.value ?? [] {
                guard let action = rule["action"].text.value else { continue }
                counts[action, default: 0] += rule["names"].elements.value?.count ?? 0
            }
            return ContainerSeccomp(
                defaultAction: node["defaultAction"].text, architectures: node["architectures"].texts,
                ruleCount: rules.map(\.count),
                calls: counts.sorted { $0.key < $1.key }.map { Calls(action: $0.key, count: $0.value) })
        }
    }
}
