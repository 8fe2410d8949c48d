internal import CheckpointModel

/// Compares values and gathers their differences, in the order of the values.
///
/// Swapping the sides gives the same differences the other way round.
public struct FactComparison {
    /// The differences so far.
    public private(set) var changes: [FactChange] = []
    let references: FactReferences
    private let keepsUnchanged: Bool
    private var path: [FactStep] = []
    private var topic: DifferenceTopic?
    private var words: (before: Fact?, after: Fact?) = (nil, nil)

    /// Prepares to compare.
    ///
    /// - Parameters:
    ///   - references: Which ids are the same things.
    ///   - keepsUnchanged: Whether values that are the same are gathered too.
    public init(_ references: FactReferences, keepsUnchanged: Bool = false) {
        self.references = references
        self.keepsUnchanged = keepsUnchanged
    }

    /// Compares two values.
    public mutating func compare(_ before: Fact, _ after: Fact) {
        switch (before, after) {
        case (.record(let before), .record(let after)) where before.kind == after.kind && !before.isWhole:
            compare(before, after)
        case (.list(let before), .list(let after)) where !before.matching.isWhole: compare(before, after)
        case (.none, .none), (.missing, .missing): break
        case (.missing(let absence), _): addUnknown(.before, absence, before, after)
        case (_, .missing(let absence)): addUnknown(.after, absence, before, after)
        case (.none, _): add(.appeared, nil, after)
        case (_, .none): add(.gone, before, nil)
        default: compareWhole(before, after)
        }
    }

    private mutating func compareWhole(_ before: Fact, _ after: Fact) {
        switch references.verdict(before, after) {
        case .same: if keepsUnchanged { add(.same, before, after) }
        case .different: add(.changed, before, after)
        case .unknown(let side, let absence): add(.unknown(side, absence), before, after)
        }
    }

    /// What does not apply on one side is not known to be another on the other side, if that lacks it.
    private mutating func addUnknown(_ side: FactChange.Side, _ absence: Absence, _ before: Fact, _ after: Fact) {
        let isMoot = absence.reason == .notApplicable
        switch (isMoot, side, before, after) {
        case (_, .before, _, .none), (_, .after, .none, _): break
        case (true, .before, _, _): add(.appeared, nil, after)
        case (true, .after, _, _): add(.gone, before, nil)
        case (false, .before, _, _): add(.unknown(side, absence), nil, after)
        case (false, .after, _, _): add(.unknown(side, absence), before, nil)
        }
    }

    private mutating func add(_ kind: FactChange.Kind, _ before: Fact?, _ after: Fact?) {
        changes.append(
            FactChange(path: path, topic: topic, kind: kind, before: before, after: after, words: words))
    }

    // MARK: Records

    private mutating func compare(_ before: FactRecord, _ after: FactRecord) {
        for (place, (old, new)) in zip(before.members, after.members).enumerated() where old.traits.wordsOf == nil {
            let next = place + 1
            let hasWords = next < before.members.count && before.members[next].traits.wordsOf == old.traits.key
            step(.member(old.traits.key), old.traits.topic) { comparison in
                if hasWords { comparison.words = (before.members[next].value, after.members[next].value) }
                comparison.compare(old.value, new.value)
            }
        }
    }

    private mutating func step(
        _ step: FactStep, _ newTopic: DifferenceTopic? = nil, _ body: (inout FactComparison) -> Void
    ) {
        let saved = (topic, words)
        path.append(step)
        topic = newTopic ?? topic
        words = (nil, nil)
        body(&self)
        (topic, words) = saved
        path.removeLast()
    }

    // MARK: Lists

    private mutating func compare(_ before: FactList, _ after: FactList) {
        // Keys that one side has more than once tell nothing apart.
        if case .order = after.matching { return compareInOrder(before.elements, after.elements) }
        switch before.matching {
        case .whole: break
        case .order: compareInOrder(before.elements, after.elements)
        case .place: compareByPlace(before.elements, after.elements)
        case .keys(let keys): compareByKey(before.elements, after.elements) { $0.key(keys) }
        case .name: compareByKey(before.elements, after.elements, \.name)
        }
    }

    /// Matches elements by their keys, the first with the first where several have one key.
    private mutating func compareByKey(_ before: [Fact], _ after: [Fact], _ key: (Fact) -> Fact) {
        let pairs = KeyedPairs(references.keysBefore(before.map(key)), references.keysAfter(after.map(key)))
        for pair in pairs.pairs {
            let element = pair.before.map { before[$0] } ?? pair.after.map { after[$0] } ?? .none
            step(.key(key(element), words: element.title)) { comparison in
                comparison.compare(pair.before.map { before[$0] } ?? .none, pair.after.map { after[$0] } ?? .none)
            }
        }
    }

    private mutating func compareByPlace(_ before: [Fact], _ after: [Fact]) {
        guard before.count == after.count else { return compareInOrder(before, after) }
        for (place, (old, new)) in zip(before, after).enumerated() {
            step(.place(before: place, after: place)) { $0.compare(old, new) }
        }
    }

    private mutating func compareInOrder(_ before: [Fact], _ after: [Fact]) {
        let alignment = SequenceAlignment(before, after, references)
        for (left, right) in alignment.gaps {
            // As many as before: each is taken to have changed.
            guard left.count != right.count else {
                for (place, other) in zip(left, right) {
                    step(.place(before: place, after: other)) { $0.compare(before[place], after[other]) }
                }
                continue
            }
            for place in left { step(.place(before: place, after: nil)) { $0.compare(before[place], .none) } }
            for place in right { step(.place(before: nil, after: place)) { $0.compare(.none, after[place]) } }
        }
    }
}

extension FactList.Matching {
    fileprivate var isWhole: Bool {
        if case .whole = self { return true }
        return false
    }
}
