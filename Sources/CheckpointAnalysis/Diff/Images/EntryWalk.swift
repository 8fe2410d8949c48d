internal import CRIUImages

/// Goes through the entries of two images side by side and passes over those that are the same bytes, so that what is kept
/// grows with what differs only.
struct EntryWalk {
    /// Entries that are alike on both sides, if they are wanted.
    private(set) var same: [EntryPair] = []
    /// Entries that differ, or that only one side has.
    private(set) var rest = EntryGap()
    /// Which of the rest lie between the same entries that are alike.
    private(set) var gaps: [(before: Range<Int>, after: Range<Int>)] = []
    /// The damage behind the last entry of either side.
    private(set) var damage: (before: ImageError?, after: ImageError?) = (nil, nil)

    private let before: ImageFile
    private let after: ImageFile
    private let keepsSame: Bool

    /// How far ahead is looked for entries that are alike, step by step.
    private static let reaches = [16, 256, 4096]

    /// Goes through all entries.
    ///
    /// - Complexity: Linear in the size of the images.
    init(_ before: ImageFile, _ after: ImageFile, keepsSame: Bool) {
        (self.before, self.after, self.keepsSame) = (before, after, keepsSame)
        let key = EntryKey(before.kind)
        var left = EntryQueue(before, key)
        var right = EntryQueue(after, key)
        while left.look(ahead: 1) > 0, right.look(ahead: 1) > 0 {
            if isSame(left[0], right[0]) {
                closeGap()
                if keepsSame { same.append(EntryPair(before: left[0], after: right[0])) }
                _ = (left.take(1), right.take(1))
            } else {
                let (old, new) = distance(&left, &right)
                rest.before += left.take(old)
                rest.after += right.take(new)
            }
        }
        while left.look(ahead: 1) > 0 { rest.before += left.take(1) }
        while right.look(ahead: 1) > 0 { rest.after += right.take(1) }
        closeGap()
        damage = (left.damage, right.damage)
    }

    private mutating func closeGap() {
        let start = (gaps.last?.before.upperBound ?? 0, gaps.last?.after.upperBound ?? 0)
        guard start != (rest.before.count, rest.after.count) else { return }
        gaps.append((start.0..<rest.before.count, start.1..<rest.after.count))
    }

    private func isSame(_ left: EntryFrame, _ right: EntryFrame) -> Bool {
        before.bytes[left.range].isAlike(after.bytes[right.range])
    }

    /// How many entries of either side lie before the next that are alike.
    private func distance(_ left: inout EntryQueue, _ right: inout EntryQueue) -> (Int, Int) {
        var seen = (0, 0)
        for reach in EntryWalk.reaches {
            let counts = (left.look(ahead: reach), right.look(ahead: reach))
            if counts == seen { break }
            seen = counts
            if let found = nearest(left, right, counts) { return found }
        }
        return sortedDistance(left, right, seen)
    }

    /// How many entries can be left behind if none that wait are alike: as far as both sides go by what tells entries
    /// apart, if they are in its order, so that entries that lie further on are not missed; else all.
    private func sortedDistance(
        _ left: borrowing EntryQueue, _ right: borrowing EntryQueue, _ counts: (Int, Int)
    ) -> (Int, Int) {
        let keys = (left.keys(counts.0), right.keys(counts.1))
        guard let old = keys.0, let new = keys.1, let end = old.last.flatMap({ end in new.last.map { min(end, $0) } })
        else { return counts }
        return (partition(0..<counts.0) { old[$0] > end }, partition(0..<counts.1) { new[$0] > end })
    }

    /// The nearest entries that are alike. The choice does not depend on which side is the first.
    private func nearest(
        _ left: borrowing EntryQueue, _ right: borrowing EntryQueue, _ counts: (Int, Int)
    ) -> (Int, Int)? {
        var places: [Int: Int] = [:]
        for place in (0..<counts.1).reversed() { places[digest(after, right[place])] = place }
        var best: (Int, Int)?
        for place in 0..<counts.0 {
            if let best, place > max(best.0, best.1) { break }
            guard let other = places[digest(before, left[place])], isSame(left[place], right[other]) else { continue }
            if let known = best {
                let (new, old) = (rank(place, other), rank(known.0, known.1))
                guard new < old || new == old && isLess(left[place], left[known.0]) else { continue }
            }
            best = (place, other)
        }
        return best
    }

    private func rank(_ left: Int, _ right: Int) -> (Int, Int) { (max(left, right), min(left, right)) }

    /// An order of entries of the first side by their bytes alone.
    private func isLess(_ left: EntryFrame, _ right: EntryFrame) -> Bool {
        before.bytes.withUnsafeBytes { $0[left.range].lexicographicallyPrecedes($0[right.range]) }
    }

    /// A number that entries that are alike have in common.
    private func digest(_ image: ImageFile, _ entry: EntryFrame) -> Int {
        var hasher = Hasher()
        hasher.combine(entry.range.count)
        image.bytes.withUnsafeBytes { bytes in
            hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[entry.range].prefix(256)))
        }
        return hasher.finalize()
    }
}

/// Entries of two images.
struct EntryGap {
    var before: [EntryFrame] = []
    var after: [EntryFrame] = []
}

/// An entry of two images, or of one of them.
struct EntryPair {
    let before: EntryFrame?
    let after: EntryFrame?
}
