import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// Tells the differences of the memory of a process one by one.
struct MemoryDifferences {
    private let owner: MemoryOwner
    private let found: MemoryDifference
    private let comparison: MemoryComparison

    init(_ found: (owner: MemoryOwner, difference: MemoryDifference), _ comparison: MemoryComparison) {
        (owner, self.found) = found
        self.comparison = comparison
    }

    func forEach(_ body: (Difference) -> Void) {
        if let missing = found.missing, let change = missing.change {
            body(Difference(.memory, .memory(owner), change))
        }
        for area in found.areas { body(Difference(area, owner)) }
        guard !found.pages.isEmpty else { return }
        let sides = comparison.sides(owner.pair)
        for change in found.pages {
            let subject = PageSubject(
                owner: owner, change: change, pageSize: found.pageSize, sides: sides, object: nil)
            body(Difference(subject))
        }
    }
}

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

extension MemoryDifference.Missing {
    /// That nothing was compared; nil if both sides lack the memory for one reason.
    fileprivate var change: FactChange? {
        guard !isSame else { return nil }
        let path = [FactStep.member("memory")]
        if let before { return FactChange(.unknown(.before, before), nil, nil, path: path) }
        return after.map { FactChange(.unknown(.after, $0), nil, nil, path: path) }
    }
}

extension Difference {
    fileprivate init(_ area: AreaChange, _ owner: MemoryOwner) {
        let (old, new) = (area.fact(area.before, area.beforeArea), area.fact(area.after, area.afterArea))
        let kind: FactChange.Kind =
            switch area.kind {
            case .mapped, .grown: .appeared
            case .unmapped, .shrunk: .gone
            case .moved, .protected, .changed: .changed
            }
        self.init(
            .memory, .area(AreaSubject(owner: owner, change: area)),
            FactChange(kind, old, new, path: [.member(area.kind.rawValue)]))
    }

    fileprivate init(_ pages: PageSubject) {
        let change = pages.change
        let (old, new) = (
            pages.sides.before?.origin(at: change.before.lowerBound),
            pages.sides.after?.origin(at: change.after.lowerBound)
        )
        let (kind, path): (FactChange.Kind, String) =
            switch change.kind {
            case .modified: (.changed, "modified")
            case .appeared: (.appeared, "appeared")
            case .gone: (.gone, "gone")
            case .unknown(let side, let reason):
                (.unknown(side == .after ? .after : .before, reason.absence(at: change.after.lowerBound)), "unknown")
            }
        self.init(
            .memory, .pages(pages),
            FactChange(
                kind, old.map(Difference.fact), new.map(Difference.fact), path: [.member("pages"), .member(path)]),
            cause: change.cause.map(Cause.init))
    }

    private static func fact(_ origin: MemoryStretch.Origin) -> Fact {
        Forms.stretchOrigin.fact?(origin, .all) ?? .none
    }
}

extension Difference.Cause {
    fileprivate init(_ cause: PageChange.Cause) {
        switch cause {
        case .restartableSequences: self = .restartableSequences
        case .injectedCode: self = .injectedCode
        }
    }
}

extension AreaChange {
    fileprivate func fact(_ addresses: Range<UInt64>?, _ area: MemorySegment?) -> Fact? {
        guard let addresses else { return nil }
        let pages = addresses == before ? beforePages : afterPages
        let summary = AreaSummary(addresses: addresses, segment: area, pages: pages)
        return Forms.areaSummary.fact?(summary, .all)
    }
}
