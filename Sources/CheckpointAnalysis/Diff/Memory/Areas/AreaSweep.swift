internal import CheckpointModel
internal import EvidenceText

/// Compares the areas of two processes, and finds where their pages are to be compared.
struct AreaSweep {
    private let before: AddressSpace
    private let after: AddressSpace
    private let comparer: AreaComparer
    private let heapStarts: (before: UInt64?, after: UInt64?)
    private(set) var changes: [AreaChange] = []
    private(set) var regions: [PageRegion] = []
    /// Ranges that one side has, as they were found, to be told as grown, moved and so on.
    private var lone: [LoneRange] = []

    /// A range that one side only has.
    struct LoneRange {
        let addresses: Range<UInt64>
        /// The side that has it: before or after.
        let side: MemorySide
        /// The place of its area among those of its side.
        let segment: Int
        /// The areas beside it that both sides have, on the side that lacks the range, if they are the same area as that
        /// of the range on the side that has it.
        var below: Int?
        var above: Int?
    }

    /// - Parameter heapStarts: Where the heap that `brk` moves begins on each side.
    init(
        _ before: AddressSpace, _ after: AddressSpace, _ comparer: AreaComparer,
        heapStarts: (before: UInt64?, after: UInt64?)
    ) {
        (self.before, self.after, self.comparer, self.heapStarts) = (before, after, comparer, heapStarts)
        sweep(AreaAtom.atoms(before.visibleAreas, after.visibleAreas))
        settleLoneRanges()
        changes.sort { ($0.start, $0.before?.lowerBound ?? 0) < ($1.start, $1.before?.lowerBound ?? 0) }
        regions = PageRegion.joined(regions)
    }

    // MARK: Ranges of both sides

    private mutating func sweep(_ atoms: [AreaAtom]) {
        var open: Shared?
        var previous: AreaAtom?
        for atom in atoms {
            if let old = atom.before, let new = atom.after {
                let relation = comparer.relation(
                    before.segments[old], after.segments[new], at: atom.addresses.lowerBound)
                addRegion(atom, before.segments[old], after.segments[new], relation)
                let shared = Shared(addresses: atom.addresses, before: old, after: new, relation: relation)
                open = join(open, shared)
                tellNeighbour(below: atom, previous)
            } else {
                open = finish(open)
                addLone(atom, previous)
            }
            previous = atom
        }
        _ = finish(open)
    }

    /// A range that both sides have.
    private struct Shared {
        var addresses: Range<UInt64>
        let before: Int
        let after: Int
        let relation: AreaRelation
    }

    private func addsTo(_ open: Shared, _ next: Shared) -> Bool {
        let start = next.addresses.lowerBound
        return open.addresses.upperBound == next.addresses.lowerBound
            && open.relation.differences == next.relation.differences
            && (open.before == next.before
                || isSame(before.segments[open.before], before.segments[next.before], at: start))
            && (open.after == next.after || isSame(after.segments[open.after], after.segments[next.after], at: start))
    }

    /// Whether two areas of one side that follow each other are one but for their names in the list.
    private func isSame(_ one: MemorySegment, _ other: MemorySegment, at address: UInt64) -> Bool {
        let comparer = AreaComparer(isOneCheckpoint: true, objects: .identity)
        return comparer.relation(one, other, at: address).differences.isEmpty
    }

    private mutating func join(_ open: Shared?, _ next: Shared) -> Shared? {
        if var open, addsTo(open, next) {
            open.addresses = open.addresses.lowerBound..<next.addresses.upperBound
            return open
        }
        _ = finish(open)
        return next.relation.differences.isEmpty ? nil : next
    }

    private mutating func finish(_ open: Shared?) -> Shared? {
        guard let open else { return nil }
        let differences = open.relation.differences
        changes.append(
            AreaChange(
                kind: differences.isDisjoint(with: [.access, .sharing]) ? .changed : .protected,
                differences: differences, before: open.addresses, after: open.addresses,
                beforePages: before.ownPages(in: open.addresses), afterPages: after.ownPages(in: open.addresses),
                areas: places(open.before, open.after)))
        return nil
    }

    private func places(_ old: Int?, _ new: Int?) -> (before: AreaPlace?, after: AreaPlace?) {
        (
            old.map { AreaPlace(all: before.segments, index: $0) },
            new.map { AreaPlace(all: after.segments, index: $0) }
        )
    }

    private mutating func addRegion(
        _ atom: AreaAtom, _ old: MemorySegment, _ new: MemorySegment, _ relation: AreaRelation
    ) {
        // A shared object that both show in one place is compared on its own.
        if relation.ties.contains(.object), old.isShared, new.isShared { return }
        regions.append(
            PageRegion(
                before: atom.addresses.lowerBound, after: atom.addresses.lowerBound,
                byteCount: atom.addresses.upperBound - atom.addresses.lowerBound, ties: relation.ties))
    }

    // MARK: Ranges of one side

    private mutating func addLone(_ atom: AreaAtom, _ previous: AreaAtom?) {
        let side: MemorySide = atom.before != nil ? .before : .after
        guard let segment = atom.before ?? atom.after else { return }
        var range = LoneRange(addresses: atom.addresses, side: side, segment: segment)
        if let previous, previous.addresses.upperBound == atom.addresses.lowerBound {
            range.below = rest(of: range, previous)
        }
        lone.append(range)
    }

    /// Notes that a range of both sides follows a range of one side.
    private mutating func tellNeighbour(below atom: AreaAtom, _ previous: AreaAtom?) {
        guard let previous, previous.addresses.upperBound == atom.addresses.lowerBound, let last = lone.last,
            last.addresses.upperBound == atom.addresses.lowerBound
        else { return }
        lone[lone.count - 1].above = rest(of: last, atom)
    }

    /// The area of the side that lacks a range at an atom beside it, if that is the rest of the range's area.
    private func rest(of range: LoneRange, _ neighbour: AreaAtom) -> Int? {
        guard let old = neighbour.before, let new = neighbour.after else { return nil }
        let own = range.side == .before ? old : new
        let segments = range.side == .before ? before.segments : after.segments
        let address = neighbour.addresses.lowerBound
        guard own == range.segment || isSame(segments[own], segments[range.segment], at: address),
            comparer.isContinued(before.segments[old], after.segments[new], at: address)
        else { return nil }
        return range.side == .before ? new : old
    }

    private mutating func settleLoneRanges() {
        var unmapped: [LoneRange] = []
        var mapped: [LoneRange] = []
        for range in lone {
            if let change = resized(range) {
                changes.append(change)
            } else if range.side == .before {
                unmapped.append(range)
            } else {
                mapped.append(range)
            }
        }
        let finder = MovedAreas(before, after, comparer)
        let moved = finder.pairs(unmapped, mapped)
        for (old, new) in moved { addMoved(unmapped[old], mapped[new]) }
        let (movedOld, movedNew) = (Set(moved.map(\.0)), Set(moved.map(\.1)))
        for (index, range) in unmapped.enumerated() where !movedOld.contains(index) { changes.append(change(range)) }
        for (index, range) in mapped.enumerated() where !movedNew.contains(index) { changes.append(change(range)) }
    }

    /// A range by which an area grew or shrank at one of its ends; nil if it is none.
    private func resized(_ range: LoneRange) -> AreaChange? {
        let kind: AreaChange.Kind = range.side == .before ? .shrunk : .grown
        switch (range.below, range.above) {
        case (let rest?, nil), (nil, let rest?): return change(range, kind, rest)
        case (_?, _?): return nil
        case (nil, nil):
            let segment = range.side == .before ? before.segments[range.segment] : after.segments[range.segment]
            let start = range.addresses.lowerBound
            guard segment.name == "[heap]", heapStarts.before == start, heapStarts.after == start else { return nil }
            return change(range, kind, nil)
        }
    }

    /// - Parameter rest: The area that the range adjoins, on the side that lacks it.
    private func change(_ range: LoneRange, _ kind: AreaChange.Kind? = nil, _ rest: Int? = nil) -> AreaChange {
        let wasThere = range.side == .before
        return AreaChange(
            kind: kind ?? (wasThere ? .unmapped : .mapped), differences: [], before: wasThere ? range.addresses : nil,
            after: wasThere ? nil : range.addresses,
            beforePages: wasThere ? before.ownPages(in: range.addresses) : PageCounts(),
            afterPages: wasThere ? PageCounts() : after.ownPages(in: range.addresses),
            areas: wasThere ? places(range.segment, rest) : places(rest, range.segment))
    }

    private mutating func addMoved(_ old: LoneRange, _ new: LoneRange) {
        let (oldArea, newArea) = (before.segments[old.segment], after.segments[new.segment])
        let relation = comparer.relation(
            oldArea, newArea, from: old.addresses.lowerBound, to: new.addresses.lowerBound)
        changes.append(
            AreaChange(
                kind: .moved, differences: relation.differences, before: old.addresses, after: new.addresses,
                beforePages: before.ownPages(in: old.addresses), afterPages: after.ownPages(in: new.addresses),
                areas: places(old.segment, new.segment)))
        if relation.ties.contains(.object), oldArea.isShared, newArea.isShared { return }
        regions.append(
            PageRegion(
                before: old.addresses.lowerBound, after: new.addresses.lowerBound,
                byteCount: old.addresses.upperBound - old.addresses.lowerBound, ties: relation.ties))
    }
}
