import CheckpointAnalysis
import CheckpointModel

/// Which namespaces processes are in, by what can be found in another checkpoint.
struct NamespaceMemberships: Sendable {
    private var members: [Int: [FactMember]] = [:]
    private static let traits = Dictionary(
        uniqueKeysWithValues: NamespaceKind.allCases.map { ($0, FactTraits($0.rawValue)) })

    init(_ checkpoint: Checkpoint) {
        for kind in NamespaceKind.allCases {
            guard let traits = NamespaceMemberships.traits[kind] else { continue }
            var anchors: [Int: Fact] = [:]
            for namespace in checkpoint.namespaces where namespace.kind == kind {
                for pid in namespace.processes { anchors[pid] = namespace.anchor }
            }
            for process in checkpoint.processes.value ?? [] {
                let anchor = anchors[process.pid] ?? .missing(Absence(.notRecorded, "the images do not tell"))
                members[process.pid, default: []].append(FactMember(traits, anchor))
            }
        }
    }

    /// The namespaces of a process: one member for each kind.
    func fact(_ pid: Int) -> Fact { .record(FactRecord("memberships", members[pid] ?? [])) }
}
