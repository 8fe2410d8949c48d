public import CheckpointModel

/// An area of memory and where its pages are.
public struct SegmentUsage: Sendable {
    /// The area.
    public let segment: MemorySegment
    /// Where its pages are, those left out that lie in another area.
    public let pages: PageUsage
    /// Why the first page that is lost is lost; nil if none is.
    public let loss: String?
}

extension AddressSpace {
    /// Where the pages of all areas are, by ascending address.
    ///
    /// - Complexity: Logarithmic in the number of page runs for each stretch, and reads the pages, to find those that hold
    ///   only zeros.
    public func usage() -> [SegmentUsage] {
        var usages = segments.map { ($0.addresses, PageUsage(), String?.none) }
        // Areas of one beginning lie in each other: the last is the one that is seen.
        let places = Dictionary(
            segments.enumerated().map { (SegmentKey($0.element), $0.offset) }, uniquingKeysWith: { $1 })
        guard let first = segments.first else { return [] }
        let end = segments.reduce(0) { max($0, $1.addresses.upperBound) }
        var address = first.addresses.lowerBound
        while address < end {
            let stretch = stretch(at: address, before: end)
            address = stretch.addresses.upperBound
            guard let segment = segment(at: stretch.addresses.lowerBound), let place = places[SegmentKey(segment)]
            else { continue }
            usages[place].1.add(stretch, pageSize)
            if case .absent(.lost(let detail)) = stretch.origin, usages[place].2 == nil { usages[place].2 = detail }
        }
        return zip(segments, usages).map { SegmentUsage(segment: $0, pages: $1.1, loss: $1.2) }
    }
}

/// What tells an area from others of its process.
private struct SegmentKey: Hashable {
    let start: UInt64
    let imageIndex: Int

    init(_ segment: MemorySegment) {
        start = segment.addresses.lowerBound
        imageIndex = segment.imageIndex
    }
}

extension PageUsage {
    fileprivate mutating func add(_ stretch: MemoryStretch, _ pageSize: UInt64) {
        let pages =
            firsts(before: stretch.addresses.upperBound, pageSize)
            &- firsts(before: stretch.addresses.lowerBound, pageSize)
        switch stretch.origin {
        case .image(let snapshot, _, _): if snapshot == 0 { present &+= pages } else { parent &+= pages }
        case .object: shared &+= pages
        case .deletedFile, .file: file &+= pages
        case .absent(let reason): add(reason, pages)
        }
        if stretch.isHole { inHoles &+= pages }
        if let bytes = stretch.bytes { zero &+= bytes.zeroPages(from: stretch.addresses.lowerBound, pageSize) }
    }

    private mutating func add(_ reason: MemoryStretch.Reason, _ pages: UInt64) {
        switch reason {
        case .unmapped: break
        case .cleanFilePage: cleanFile &+= pages
        case .untouched: untouched &+= pages
        case .notDumped: notDumped &+= pages
        case .guardRegion: guardRegion &+= pages
        case .lazy: lazy &+= pages
        case .lost: lost &+= pages
        }
    }

    /// How many pages begin before an address.
    private func firsts(before address: UInt64, _ pageSize: UInt64) -> UInt64 {
        address / pageSize &+ (address % pageSize == 0 ? 0 : 1)
    }
}

extension MemoryStretch.Bytes {
    /// How many of the pages that begin in the bytes hold only zeros. What was read is given back.
    fileprivate func zeroPages(from address: UInt64, _ pageSize: UInt64) -> UInt64 {
        var zeros: UInt64 = 0
        let size = Int(pageSize)
        var offset = Int((pageSize - address % pageSize) % pageSize)
        var released = 0
        let releaseSize = 4 << 20
        while offset < count {
            let part = offset..<min(offset + size, count)
            if withUnsafeBytes({ isZero(UnsafeRawBufferPointer(rebasing: $0[part])) }) { zeros += 1 }
            offset = part.upperBound
            if offset - released >= releaseSize {
                release(released..<offset)
                released = offset
            }
        }
        if count >= releaseSize { release(released..<count) }
        return zeros
    }
}
