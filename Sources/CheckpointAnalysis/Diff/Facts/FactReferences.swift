/// Which ids of one checkpoint are which of the other.
public struct FactReferences: Sendable {
    /// The process ids of the second checkpoint by those of the first.
    private let processes: [Int: Int]
    private let processesBack: [Int: Int]

    /// Takes ids that are the same things.
    ///
    /// - Parameter processes: Pairs of process ids, before and after.
    public init(processes: [(before: Int, after: Int)]) {
        self.processes = Dictionary(processes.map { ($0.before, $0.after) }, uniquingKeysWith: { first, _ in first })
        processesBack = Dictionary(processes.map { ($0.after, $0.before) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether two ids are those of one process. Ids of processes that are in neither checkpoint are compared as they are.
    func areSame(_ before: Int, _ after: Int) -> Bool {
        if let match = processes[before] { return match == after }
        return processesBack[after] == nil && before == after
    }

    /// The key by which a process of the first checkpoint is found in the second.
    func processBefore(_ id: Int) -> FactKey {
        if let match = processes[id] { return .process(match) }
        return processesBack[id] == nil ? .process(id) : .lostProcess(id)
    }
}
