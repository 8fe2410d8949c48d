internal import CRIUImages

/// Goes through the entries of two images side by side and passes over those that are the same bytes, so that what is kept
/// grows with what differs only.
struct EntryWalk {
    /// Entries that are alike on both sides, if they are wanted.
    private(set) var same: [EntryPair] = []
    /// Entries that differ, or that only one side has, between such as are alike.
    private(set) var gaps: [EntryGap] = []
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
        var left = EntryQueue(before)
        var right = EntryQueue(after)
        var gap = EntryGap()
        while left.look(ahead: 1) > 0, right.look(ahead: 1) > 0 {
            if isSame(left[0], right[0]) {
                close(&gap)
                if keepsSame { same.append(EntryPair(before: left[0], after: right[0])) }
                _ = (left.take(1), right.take(1))
            } else {
                let (old, new) = distance(&left, &right)
                gap.before += left.take(old)
                gap.after += right.take(new)
            }
        }
        while left.look(ahead: 1) > 0 { gap.before += left.take(1) }
        while right.look(ahead: 1) > 0 { gap.after += right.take(1) }
        close(&gap)
        damage = (left.damage, right.damage)
    }

    private mutating func close(_ gap: inout EntryGap) {
        if !gap.isEmpty { gaps.append(gap) }
        gap = EntryGap()
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
        return seen
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

/// Entries of two images between such as are alike.
struct EntryGap {
    var before: [EntryFrame] = []
    var after: [EntryFrame] = []

    var isEmpty: Bool { before.isEmpty && after.isEmpty }
}

/// An entry of two images, or of one of them.
struct EntryPair {
    let before: EntryFrame?
    let after: EntryFrame?
}
