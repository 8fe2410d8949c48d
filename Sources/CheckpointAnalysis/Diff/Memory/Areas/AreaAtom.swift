internal import CheckpointModel

/// A range of addresses at which each side shows one area, or none.
struct AreaAtom {
    let addresses: Range<UInt64>
    /// The place of the area among those before; nil if there is none.
    let before: Int?
    /// The place of the area among those after; nil if there is none.
    let after: Int?

    /// The atoms of two lists of spans, each ascending and without overlaps: ascending too. What neither side has is left
    /// out. Linear.
    static func atoms(_ before: [SegmentSpan], _ after: [SegmentSpan]) -> [AreaAtom] {
        var atoms: [AreaAtom] = []
        atoms.reserveCapacity(before.count + after.count)
        var left = before[...]
        var right = after[...]
        var position: UInt64 = 0
        while let next = [left.first, right.first].compactMap({ $0.map { max($0.addresses.lowerBound, position) } })
            .min()
        {
            let own = left.first.flatMap { $0.addresses.contains(next) ? $0 : nil }
            let other = right.first.flatMap { $0.addresses.contains(next) ? $0 : nil }
            let limits = [left.first, right.first].compactMap { $0?.addresses }.map {
                $0.lowerBound > next ? $0.lowerBound : $0.upperBound
            }
            let end = limits.min() ?? next
            atoms.append(AreaAtom(addresses: next..<end, before: own?.segment, after: other?.segment))
            position = end
            if let span = left.first, span.addresses.upperBound <= end { left.removeFirst() }
            if let span = right.first, span.addresses.upperBound <= end { right.removeFirst() }
        }
        return atoms
    }
}
