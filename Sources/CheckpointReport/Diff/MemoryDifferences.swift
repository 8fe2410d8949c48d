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

    /// What the pages were and are is looked up when it is told, see ``PageSubject/origins``: there can be many.
    init(_ pages: PageSubject, _ topic: DifferenceTopic = .memory) {
        let change = pages.change
        let (kind, path): (FactChange.Kind, String) =
            switch change.kind {
            case .modified: (.changed, "modified")
            case .appeared: (.appeared, "appeared")
            case .gone: (.gone, "gone")
            case .unknown(let side, let reason):
                (.unknown(side == .after ? .after : .before, reason.absence(at: change.after.lowerBound)), "unknown")
            }
        self.init(
            topic, .pages(pages), FactChange(kind, nil, nil, path: [.member("pages"), .member(path)]),
            cause: change.cause.map(Cause.init))
    }
}

extension PageSubject {
    /// Where the first page comes from on either side.
    var origins: (before: Fact?, after: Fact?) {
        (
            sides.before?.origin(at: change.before.lowerBound).map(PageSubject.fact),
            sides.after?.origin(at: change.after.lowerBound).map(PageSubject.fact)
        )
    }

    private static func fact(_ origin: MemoryStretch.Origin) -> Fact {
        Forms.stretchOrigin.fact?(origin, .all) ?? .none
    }
}

extension Difference {
    /// The values before and after; of pages, where they come from.
    var values: (before: Fact?, after: Fact?) { subject.pages?.origins ?? (change.before, change.after) }
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
