import CheckpointAnalysis
import CheckpointModel

/// Tells the differences of something that processes share.
struct SharedObjectDifferences {
    private let found: SharedDifference
    private let before: Checkpoint
    private let after: Checkpoint

    init(_ found: SharedDifference, _ before: Checkpoint, _ after: Checkpoint) {
        (self.found, self.before, self.after) = (found, before, after)
    }

    func forEach(_ body: (Difference) -> Void) {
        let (old, new) = facts
        if let change = FactChange(whole: old, new) {
            body(Difference(.memory, .sharedObject(found.subject), change))
        }
        guard !found.pages.isEmpty else { return }
        let sides = self.sides
        for change in found.pages {
            body(
                Difference(
                    PageSubject(
                        owner: nil, change: change, pageSize: found.pageSize, sides: sides, object: found.subject)))
        }
    }

    /// Whether anything is known to differ.
    var isDifferent: Bool {
        let (old, new) = facts
        return FactChange(whole: old, new)?.kind.isDifference ?? false || found.pages.contains(where: \.isDifference)
    }

    private var facts: (Fact?, Fact?) {
        switch found.subject {
        case .memory(let before, let after): (before.map(fact), after.map(fact))
        case .deletedFile(let before, let after): (before.map(fact), after.map(fact))
        }
    }

    private func fact(_ object: SharedMemoryObject) -> Fact {
        Forms.sharedMemorySummary.fact?(object, .all) ?? .none
    }

    private func fact(_ file: GhostFile) -> Fact { Forms.ghostSummary.fact?(file, .all) ?? .none }

    private var sides: (ComparedMemory?, ComparedMemory?) {
        switch found.subject {
        case .memory(let old, let new):
            (old.map { ComparedMemory($0, in: before) }, new.map { ComparedMemory($0, in: after) })
        case .deletedFile(let old, let new):
            (old?.content.value.map { ComparedMemory($0) }, new?.content.value.map { ComparedMemory($0) })
        }
    }
}

extension FactChange {
    /// The change of a whole thing; nil if nothing changed.
    fileprivate init?(whole before: Fact?, _ after: Fact?) {
        switch (before, after) {
        case (nil, let after?): self.init(.appeared, nil, after)
        case (let before?, nil): self.init(.gone, before, nil)
        case (let before?, let after?):
            var comparison = FactComparison(FactReferences(processes: []))
            comparison.compare(before, after)
            guard !comparison.changes.isEmpty else { return nil }
            self.init(.changed, before, after)
        case (nil, nil): return nil
        }
    }
}
