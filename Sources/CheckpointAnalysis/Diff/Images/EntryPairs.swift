internal import CRIUImages

/// Which entries of two images are the same, of those that differ.
struct EntryPairs {
    /// The pairs: those of the first image in its order, then those that only the second has.
    private(set) var pairs: [EntryPair] = []

    private let rest: EntryGap
    /// How many entries at the beginning are of another kind than the others.
    private let headCount: Int

    /// Matches entries by what tells them apart wherever they are, and else by order where as many lie between such as are
    /// alike.
    init(_ before: ImageFile, _ after: ImageFile, _ walk: EntryWalk) {
        rest = walk.rest
        headCount = before.kind.message(ofEntry: 0) != before.kind.message(ofEntry: 1) ? 1 : 0
        let heads = (rest.before.first(where: isHead), rest.after.first(where: isHead))
        if heads.0 != nil || heads.1 != nil { pairs.append(EntryPair(before: heads.0, after: heads.1)) }
        let (old, new) = (rest.before[heads.0.count...], rest.after[heads.1.count...])
        if let key = EntryKey(before.kind), let left = EntryQueue.keys(of: old, before, key),
            let right = EntryQueue.keys(of: new, after, key)
        {
            addByKey(old, left, new, right)
        } else {
            for gap in walk.gaps { addInOrder(gap.before, gap.after) }
        }
    }

    private func isHead(_ entry: EntryFrame) -> Bool { entry.index < headCount }

    /// The first with the first where several have one key.
    private mutating func addByKey(
        _ old: ArraySlice<EntryFrame>, _ oldKeys: [UInt64], _ new: ArraySlice<EntryFrame>, _ newKeys: [UInt64]
    ) {
        let matched = KeyedPairs(oldKeys, newKeys).pairs
        pairs.reserveCapacity(pairs.count + matched.count)
        for pair in matched {
            pairs.append(
                EntryPair(
                    before: pair.before.map { old[old.startIndex + $0] },
                    after: pair.after.map { new[new.startIndex + $0] }))
        }
    }

    private mutating func addInOrder(_ before: Range<Int>, _ after: Range<Int>) {
        let old = rest.before[before].filter { !isHead($0) }
        let new = rest.after[after].filter { !isHead($0) }
        if old.count == new.count {
            pairs += zip(old, new).map { EntryPair(before: $0, after: $1) }
        } else {
            pairs += old.map { EntryPair(before: $0, after: nil) } + new.map { EntryPair(before: nil, after: $0) }
        }
    }
}

extension EntryFrame? {
    fileprivate var count: Int { self == nil ? 0 : 1 }
}
