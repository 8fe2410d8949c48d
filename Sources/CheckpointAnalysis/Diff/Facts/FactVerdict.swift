internal import CheckpointModel

/// Whether two values are the same.
enum FactVerdict {
    case same
    case different
    /// One side lacks what would tell.
    case unknown(FactChange.Side, Absence)

    var isSame: Bool {
        if case .same = self { return true }
        return false
    }
}

extension FactReferences {
    /// Whether two values are the same.
    func verdict(_ before: Fact, _ after: Fact) -> FactVerdict {
        switch (before, after) {
        case (.none, .none), (.missing, .missing): .same
        case (.missing(let absence), _): .unknown(.before, absence)
        case (_, .missing(let absence)): .unknown(.after, absence)
        case (.list(let left), .list(let right)): verdict(left.elements, right.elements)
        case (.record(let left), .record(let right)):
            left.kind == right.kind ? verdict(left.members.map(\.value), right.members.map(\.value)) : .different
        case (.content(let left), .content(let right)): left.verdict(right)
        default: areEqual(before, after) ? .same : .different
        }
    }

    private func verdict(_ before: [Fact], _ after: [Fact]) -> FactVerdict {
        guard before.count == after.count else { return .different }
        var result = FactVerdict.same
        for (left, right) in zip(before, after) {
            switch verdict(left, right) {
            case .same: continue
            // A difference counts, whatever else is unknown.
            case .different: return .different
            case .unknown(let side, let absence): if result.isSame { result = .unknown(side, absence) }
            }
        }
        return result
    }

    private func areEqual(_ before: Fact, _ after: Fact) -> Bool {
        switch (before, after) {
        case (.flag(let left), .flag(let right)): left == right
        case (.number(let left), .number(let right)):
            left.magnitude == right.magnitude && left.isNegative == right.isNegative
        case (.real(let left), .real(let right)): left == right
        case (.word(let left), .word(let right)): left == right
        case (.text(let left), .text(let right)): left == right
        case (.process(let left), .process(let right)): areSame(left, right)
        default: false
        }
    }
}
