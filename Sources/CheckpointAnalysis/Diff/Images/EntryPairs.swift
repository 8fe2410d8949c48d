internal import CRIUImages

/// Which entries of two images are the same.
struct EntryPairs {
    /// The pairs: those of the first image in its order, then those that only the second has.
    private(set) var pairs: [EntryPair] = []

    private let before: ImageFile
    private let after: ImageFile
    /// Whether the first entry is of another kind than the others.
    private let hasHead: Bool

    /// Matches entries by what tells them apart wherever they are, and else by order where as many lie between such as are
    /// alike.
    init(_ before: ImageFile, _ after: ImageFile, _ gaps: [EntryGap]) {
        (self.before, self.after) = (before, after)
        hasHead = before.kind.message(ofEntry: 0) != before.kind.message(ofEntry: 1)
        var (old, new) = (gaps.flatMap(\.before), gaps.flatMap(\.after))
        if hasHead, let head = takeHead(&old, &new) { pairs.append(head) }
        let keys = (keys(before, old), keys(after, new))
        if let left = keys.0, let right = keys.1 {
            let references = FactReferences(processes: [])
            let matched = KeyedPairs(references.keysBefore(left), references.keysAfter(right))
            pairs += matched.pairs.map { EntryPair(before: $0.before.map { old[$0] }, after: $0.after.map { new[$0] }) }
        } else {
            for gap in gaps { addInOrder(gap) }
        }
    }

    /// The first entries, if they are of another kind than the others.
    private func takeHead(_ old: inout [EntryFrame], _ new: inout [EntryFrame]) -> EntryPair? {
        guard old.first?.index == 0 || new.first?.index == 0 else { return nil }
        let left = old.first?.index == 0 ? old.removeFirst() : nil
        let right = new.first?.index == 0 ? new.removeFirst() : nil
        return EntryPair(before: left, after: right)
    }

    /// What tells entries apart; nil if nothing does.
    private func keys(_ image: ImageFile, _ entries: [EntryFrame]) -> [Fact]? {
        var cursor = image.entries()
        var keys: [Fact] = []
        for entry in entries {
            cursor.move(to: entry.place)
            // The entry was read before.
            guard (try? cursor.next()) == true else { return nil }
            let value = cursor.value
            guard value.keyName != nil else { return nil }
            keys.append(value.key ?? .none)
        }
        return keys
    }

    private mutating func addInOrder(_ gap: EntryGap) {
        let first = hasHead ? 1 : 0
        let (old, new) = (gap.before.filter { $0.index >= first }, gap.after.filter { $0.index >= first })
        if old.count == new.count {
            pairs += zip(old, new).map { EntryPair(before: $0, after: $1) }
        } else {
            pairs += old.map { EntryPair(before: $0, after: nil) } + new.map { EntryPair(before: nil, after: $0) }
        }
    }
}
