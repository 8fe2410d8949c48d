public import CheckpointModel

/// The namespaces that a report is about: those of some processes, or all.
public struct NamespaceSelection: Sendable {
    /// The checkpoint.
    public let checkpoint: Checkpoint
    private let all: [Namespace]

    /// Finds the namespaces that any of some processes is in. If all processes are asked for, namespaces that nobody is in
    /// belong to it as well.
    public init(_ checkpoint: Checkpoint, _ processes: [Process]) {
        self.checkpoint = checkpoint
        let namespaces = checkpoint.namespaces
        let wanted = Set(processes.map(\.pid))
        let isWhole = processes.count == checkpoint.processes.value?.count ?? 0
        all = isWhole ? namespaces : namespaces.filter { !wanted.isDisjoint(with: $0.processes) }
    }

    /// The namespaces, by kind.
    public var namespaces: [Namespace] { all }

    /// The namespaces of a kind.
    func namespaces(_ kind: NamespaceKind) -> [Namespace] { all.filter { $0.kind == kind } }
}
