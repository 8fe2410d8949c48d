internal import CheckpointModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Compares pages of two sides, in the order of addresses.
struct PageWalk {
    let before: ComparedMemory
    let after: ComparedMemory
    private let pageSize: UInt64
    private let countsOnly: Bool
    private(set) var changes: [PageChange] = []
    private(set) var counts = PageTally()
    /// How many of the identical pages hold more than zeros; counted only if nothing else is wanted.
    private(set) var nonzeroIdentical: UInt64 = 0
    /// What was read of each side, to be given back.
    private(set) var read: (before: [MemoryStretch.Bytes], after: [MemoryStretch.Bytes]) = ([], [])

    /// The side whose bytes that are compared are in a hole.
    var holes: MemorySide?
    var region = PageRegion(before: 0, after: 0, byteCount: 0, ties: [])

    /// How much is compared at once.
    private static let step = 256 << 10

    /// - Parameter countsOnly: Whether the changes are not wanted, and what was read is given back at once.
    init(_ before: ComparedMemory, _ after: ComparedMemory, countsOnly: Bool = false) {
        (self.before, self.after, self.countsOnly) = (before, after, countsOnly)
        pageSize = min(before.pageSize, after.pageSize)
    }

    /// A stretch of a side, from the offset in the region at which it was looked up.
    struct Held {
        let start: UInt64
        let end: UInt64
        let state: ComparedStretch.State
        let isHole: Bool

        static let none = Held(start: 0, end: 0, state: .nothing, isHole: false)

        /// What is there from an offset in the region on.
        func presence(at position: UInt64) -> PagePresence { PagePresence(state, from: position - start) }
    }

    /// Compares a part of a region.
    ///
    /// - Parameter part: Which bytes, counted from its beginning.
    mutating func go(through region: PageRegion, _ part: Range<UInt64>) {
        self.region = region
        var (old, new) = (Held.none, Held.none)
        var position = part.lowerBound
        while position < part.upperBound {
            if old.end <= position { old = held(before, region.before, position..<part.upperBound) }
            if new.end <= position { new = held(after, region.after, position..<part.upperBound) }
            if countsOnly, read.before.count + read.after.count > 16 { release() }
            let end = min(old.end, new.end)
            let pageEnd = self.pageEnd(position, part.upperBound)
            if end >= pageEnd {
                let whole = end == part.upperBound ? end : end - (region.after &+ end) % pageSize
                compare(old, new, position..<whole)
                position = whole
            } else {
                comparePieces(position..<pageEnd)
                position = pageEnd
            }
        }
        if countsOnly { release() }
    }

    private mutating func release() {
        for bytes in read.before + read.after { bytes.release(0..<bytes.count) }
        read = ([], [])
    }

    func held(_ side: ComparedMemory, _ start: UInt64, _ part: Range<UInt64>) -> Held {
        let stretch = side.stretch(at: start + part.lowerBound, before: start + part.upperBound)
        return Held(
            start: part.lowerBound, end: stretch.end - start, state: stretch.state, isHole: stretch.isHole)
    }

    /// Where the page ends that has a byte.
    private func pageEnd(_ position: UInt64, _ limit: UInt64) -> UInt64 {
        let rest = pageSize - (region.after &+ position) % pageSize
        return min(limit, position.addingCapped(rest))
    }

    // MARK: Verdicts

    private mutating func compare(_ old: Held, _ new: Held, _ part: Range<UInt64>) {
        switch (old.state, new.state) {
        case (.bytes(let bytes, let owner), .bytes(let others, let otherOwner)):
            if owner == .object, otherOwner == .object, region.ties.contains(.object) { return }
            holes = Self.holes(old.isHole, new.isHole)
            compare(slice(bytes, old, part), slice(others, new, part), part)
        case (.bytes(let bytes, _), .zeros): compareWithZeros(slice(bytes, old, part), .gone, part)
        case (.zeros, .bytes(let bytes, _)): compareWithZeros(slice(bytes, new, part), .appeared, part)
        default: add(verdict(old.presence(at: part.lowerBound), new.presence(at: part.lowerBound)), part)
        }
    }

    /// The verdict on pages of which at most one side has the bytes; nil if there is nothing to tell.
    func verdict(_ old: PagePresence, _ new: PagePresence) -> PageChange.Kind? {
        old.verdict(against: new, region.ties)
    }

    private func slice(_ bytes: MemoryStretch.Bytes, _ held: Held, _ part: Range<UInt64>) -> MemoryStretch.Bytes {
        bytes[Int(part.lowerBound - held.start)..<Int(part.upperBound - held.start)]
    }

    /// The side that has bytes in a hole; nil if none has.
    static func holes(_ old: Bool, _ new: Bool) -> MemorySide? {
        old ? new ? .both : .before : new ? .after : nil
    }

    private mutating func compare(_ old: MemoryStretch.Bytes, _ new: MemoryStretch.Bytes, _ part: Range<UInt64>) {
        if old.isSame(as: new) {
            addIdentical(part)
            return
        }
        forEachStep(part) { walk, step in
            let (one, other) = (old[step], new[step])
            Self.prepare(one, &walk.read.before)
            Self.prepare(other, &walk.read.after)
            one.withUnsafeBytes { one in
                other.withUnsafeBytes { other in
                    walk.comparePages(one, other, part.lowerBound + UInt64(step.lowerBound))
                }
            }
        }
    }

    private mutating func comparePages(
        _ old: UnsafeRawBufferPointer, _ new: UnsafeRawBufferPointer, _ position: UInt64
    ) {
        forEachPage(position, old.count) { walk, page, place in
            guard let one = old.baseAddress, let other = new.baseAddress else { return }
            if memcmp(one + page.lowerBound, other + page.lowerBound, page.count) != 0 {
                walk.add(.modified, place)
            } else {
                walk.addIdentical(place)
                if walk.countsOnly, !isZero(UnsafeRawBufferPointer(rebasing: old[page])) { walk.nonzeroIdentical += 1 }
            }
        }
    }

    private mutating func compareWithZeros(
        _ bytes: MemoryStretch.Bytes, _ kind: PageChange.Kind, _ part: Range<UInt64>
    ) {
        forEachStep(part) { walk, step in
            let bytes = bytes[step]
            if kind == .gone { Self.prepare(bytes, &walk.read.before) } else { Self.prepare(bytes, &walk.read.after) }
            bytes.withUnsafeBytes { bytes in
                walk.forEachPage(part.lowerBound + UInt64(step.lowerBound), bytes.count) { walk, page, place in
                    if isZero(UnsafeRawBufferPointer(rebasing: bytes[page])) {
                        walk.addIdentical(place)
                    } else {
                        walk.add(kind, place)
                    }
                }
            }
        }
    }

    /// Has bytes mapped at once, and notes that they are read: together with those before them, if they adjoin.
    private static func prepare(_ bytes: MemoryStretch.Bytes, _ read: inout [MemoryStretch.Bytes]) {
        if bytes.count >= 32 << 10 { bytes.prefetch(0..<bytes.count) }
        if let last = read.last, let joined = last.joined(with: bytes) {
            read[read.count - 1] = joined
        } else {
            read.append(bytes)
        }
    }

    /// Calls a function with each step of a part, counted from its beginning.
    private mutating func forEachStep(_ part: Range<UInt64>, _ body: (inout PageWalk, Range<Int>) -> Void) {
        let count = Int(part.upperBound - part.lowerBound)
        for start in stride(from: 0, to: count, by: Self.step) { body(&self, start..<min(start + Self.step, count)) }
    }

    /// Calls a function with the place of each page in bytes, and in the region.
    private mutating func forEachPage(
        _ position: UInt64, _ count: Int, _ body: (inout PageWalk, Range<Int>, Range<UInt64>) -> Void
    ) {
        var offset = 0
        while offset < count {
            let place = position + UInt64(offset)
            let end = min(count, offset + Int(pageEnd(place, .max) - place))
            body(&self, offset..<end, place..<(place + UInt64(end - offset)))
            offset = end
        }
    }

    // MARK: Results

    mutating func addIdentical(_ part: Range<UInt64>) {
        counts.identical = counts.identical.addingCapped(pageCount(part))
    }

    private func pageCount(_ part: Range<UInt64>) -> UInt64 {
        pagesTouched((region.after &+ part.lowerBound)..<(region.after &+ part.upperBound), pageSize)
    }

    mutating func add(_ kind: PageChange.Kind?, _ part: Range<UInt64>) {
        guard let kind, !part.isEmpty else { return }
        counts.add(pageCount(part), kind)
        if countsOnly { return }
        changes.join(
            PageChange(
                afterStart: region.after &+ part.lowerBound, beforeStart: region.before &+ part.lowerBound,
                byteCount: part.upperBound - part.lowerBound, kind: kind, cause: nil,
                holes: kind == .modified ? holes : nil))
    }
}
