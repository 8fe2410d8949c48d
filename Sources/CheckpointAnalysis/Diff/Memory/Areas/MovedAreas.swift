internal import CheckpointModel
internal import EvidenceText

/// Finds ranges of addresses that are at other addresses after.
struct MovedAreas {
    private let before: AddressSpace
    private let after: AddressSpace
    private let comparer: AreaComparer

    /// What a range and the one that it may have become have in common.
    private struct Key: Hashable {
        let byteCount: UInt64
        /// Where in a page it begins: at 0, but in images that no kernel made.
        let start: UInt64
        let protection: UInt32
        let isShared: Bool
        let sort: Sort

        enum Sort: Hashable {
            case anonymous(isStackLike: Bool)
            case file(ByteText, offset: UInt64)
            case object(UInt64, offset: UInt64)
            case kernels(ByteText)
        }
    }

    init(_ before: AddressSpace, _ after: AddressSpace, _ comparer: AreaComparer) {
        (self.before, self.after, self.comparer) = (before, after, comparer)
    }

    /// The pairs of ranges that are the same, by their places in the lists; each is in one pair at most.
    ///
    /// What maps a file or object is known by it; anonymous memory by its pages, at least half of which are the same, and
    /// one of them not zero.
    func pairs(_ old: [AreaSweep.LoneRange], _ new: [AreaSweep.LoneRange]) -> [(Int, Int)] {
        var oldKeys: [Key: [Int]] = [:]
        var newKeys: [Key: [Int]] = [:]
        for (index, range) in old.enumerated() {
            if let key = key(range, before, isBefore: true) { oldKeys[key, default: []].append(index) }
        }
        for (index, range) in new.enumerated() {
            if let key = key(range, after, isBefore: false) { newKeys[key, default: []].append(index) }
        }
        var found: [(Int, Int)] = []
        for (key, places) in oldKeys {
            guard let others = newKeys[key] else { continue }
            if case .anonymous = key.sort {
                found += alike(places, others, old, new)
            } else {
                found += zip(places, others)
            }
        }
        return found.sorted { $0.0 < $1.0 }
    }

    private func key(_ range: AreaSweep.LoneRange, _ space: AddressSpace, isBefore: Bool) -> Key? {
        let area = space.segments[range.segment]
        guard let sort = sort(area, range.addresses.lowerBound, isBefore) else { return nil }
        return Key(
            byteCount: range.addresses.upperBound - range.addresses.lowerBound,
            start: range.addresses.lowerBound % space.pageSize, protection: area.protection.rawValue,
            isShared: area.isShared, sort: sort)
    }

    private func sort(_ area: MemorySegment, _ address: UInt64, _ isBefore: Bool) -> Key.Sort? {
        let offset = area.offset(at: address)
        if let id = area.sharedMemory?.objectID {
            return (isBefore ? comparer.objects.name(ofObjectBefore: id) : id).map { .object($0, offset: offset) }
        }
        if area.status.mapsFile {
            return area.file.value.flatMap { $0.target.value }.map { .file($0, offset: offset) }
        }
        if !area.status.isDisjoint(with: [.guardRegion, .vsyscall, .aioRing, .uprobes]) { return nil }
        if !area.status.isDisjoint(with: [.vvar, .vdso]) { return .kernels(area.name) }
        return .anonymous(isStackLike: area.mapFlags & 0x100 != 0)
    }

    // MARK: Anonymous memory

    /// How many pages a range is recognised by.
    private static let sampleCount = 8
    /// How many ranges are compared with one at the most.
    private static let tryLimit = 8

    /// A page that a range is recognised by.
    private struct Sample: Hashable {
        let offset: UInt64
        let hash: UInt64
    }

    private func alike(
        _ old: [Int], _ new: [Int], _ oldRanges: [AreaSweep.LoneRange], _ newRanges: [AreaSweep.LoneRange]
    ) -> [(Int, Int)] {
        let (places, others) = (samplePlaces(old, oldRanges, before), samplePlaces(new, newRanges, after))
        var counts: [Pair: Int] = [:]
        for (sample, olds) in places {
            // A page that many have tells nothing.
            guard let news = others[sample], olds.count <= Self.tryLimit, news.count <= Self.tryLimit else { continue }
            for old in olds { for new in news { counts[Pair(old: old, new: new), default: 0] += 1 } }
        }
        let votes = counts.map { (votes: $0.value, old: $0.key.old, new: $0.key.new) }
        // The order is the same if the sides are swapped.
        func order(_ vote: (votes: Int, old: Int, new: Int)) -> (Int, UInt64, UInt64) {
            let starts = (oldRanges[vote.old].addresses.lowerBound, newRanges[vote.new].addresses.lowerBound)
            return (-vote.votes, min(starts.0, starts.1), max(starts.0, starts.1))
        }
        return chosen(votes.sorted { order($0) < order($1) }, oldRanges, newRanges)
    }

    private struct Pair: Hashable {
        let old: Int
        let new: Int
    }

    /// Which ranges have a sample.
    private func samplePlaces(
        _ indexes: [Int], _ ranges: [AreaSweep.LoneRange], _ space: AddressSpace
    ) -> [Sample: [Int]] {
        var places: [Sample: [Int]] = [:]
        for index in indexes {
            for sample in samples(ranges[index].addresses, space) { places[sample, default: []].append(index) }
        }
        return places
    }

    private func chosen(
        _ votes: [(votes: Int, old: Int, new: Int)], _ oldRanges: [AreaSweep.LoneRange],
        _ newRanges: [AreaSweep.LoneRange]
    ) -> [(Int, Int)] {
        var found: [(Int, Int)] = []
        var (taken, given): (Set<Int>, Set<Int>) = ([], [])
        var (tries, otherTries): ([Int: Int], [Int: Int]) = ([:], [:])
        for vote in votes where !taken.contains(vote.old) && !given.contains(vote.new) {
            guard tries[vote.old, default: 0] < Self.tryLimit, otherTries[vote.new, default: 0] < Self.tryLimit else {
                continue
            }
            tries[vote.old, default: 0] += 1
            otherTries[vote.new, default: 0] += 1
            guard isMostlyAlike(oldRanges[vote.old].addresses, newRanges[vote.new].addresses) else { continue }
            taken.insert(vote.old)
            given.insert(vote.new)
            found.append((vote.old, vote.new))
        }
        return found
    }

    /// The first pages of a range that hold more than zeros. Only so many pages are looked at.
    private func samples(_ range: Range<UInt64>, _ space: AddressSpace) -> [Sample] {
        var samples: [Sample] = []
        var (address, left) = (range.lowerBound, 1024)
        while address < range.upperBound, samples.count < Self.sampleCount, left > 0 {
            let stretch = space.stretch(at: address, before: range.upperBound)
            address = stretch.addresses.upperBound
            left -= 1
            guard let bytes = stretch.bytes else { continue }
            let size = Int(space.pageSize)
            for start in stride(from: 0, to: bytes.count, by: size) {
                guard samples.count < Self.sampleCount, left > 0 else { break }
                left -= 1
                let page = start..<min(start + size, bytes.count)
                let offset = stretch.addresses.lowerBound - range.lowerBound + UInt64(start)
                bytes.withUnsafeBytes { all in
                    let page = UnsafeRawBufferPointer(rebasing: all[page])
                    if !isZero(page) { samples.append(Sample(offset: offset, hash: digest(page))) }
                }
            }
            bytes.release(0..<bytes.count)
        }
        return samples
    }

    /// Whether at least half of the pages that either range has are the same, one of them not zero.
    private func isMostlyAlike(_ old: Range<UInt64>, _ new: Range<UInt64>) -> Bool {
        let region = PageRegion(
            before: old.lowerBound, after: new.lowerBound, byteCount: old.upperBound - old.lowerBound, ties: [])
        var walk = PageWalk(ComparedMemory(before), ComparedMemory(after), countsOnly: true)
        walk.go(through: region, 0..<region.byteCount)
        let present = max(before.ownPages(in: old).total, after.ownPages(in: new).total)
        return walk.nonzeroIdentical > 0 && walk.counts.identical.addingCapped(walk.counts.identical) >= present
    }
}

/// A number that pages with the same bytes have, and few others. Pages that have it are compared all the same.
private func digest(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for offset in stride(from: 0, to: bytes.count & ~7, by: 8) {
        let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
    }
    return hash
}
