import CheckpointModel
import EvidenceText

extension ContainerPod {
    /// The pod in a few words, escaped for a terminal: `namespace/name`.
    var text: String {
        let parts = [namespace, name].compactMap { $0.value?.forTerminal }
        if !parts.isEmpty { return parts.joined(separator: "/") }
        return (id.value ?? uid.value)?.forTerminal ?? "?"
    }
}
