public import CheckpointModel

/// One side of a comparison: memory by address, or a shared object or file by offset.
public struct ComparedMemory: Sendable {
    let source: Source

    enum Source: Sendable {
        /// The memory of a process.
        case space(AddressSpace)
        /// The pages of a process whose areas are not known, or not to be looked at.
        case pages(PageSpace)
        /// Shared memory.
        case object(SharedMemorySpace, pageSize: UInt64)
        /// A deleted file.
        case content(Content)
    }

    /// The memory of a process.
    public init(_ space: AddressSpace) { source = .space(space) }

    /// The pages of a process whose areas are not known.
    public init(_ pages: PageSpace) { source = .pages(pages) }

    /// Shared memory, by offset.
    public init(_ object: SharedMemoryObject, in checkpoint: Checkpoint) {
        source = .object(checkpoint.space(of: object), pageSize: object.pageSize.value ?? 4096)
    }

    /// The content of a deleted file, by offset.
    public init(_ content: Content) { source = .content(content) }

    /// The size of a page in bytes.
    public var pageSize: UInt64 {
        switch source {
        case .space(let space): space.pageSize
        case .pages(let pages): pages.pageSize
        case .object(_, let pageSize): pageSize
        case .content: 4096
        }
    }

    /// The stretch that begins at an address.
    ///
    /// - Parameters:
    ///   - address: The first address.
    ///   - end: Where it ends at the latest; above `address`.
    func stretch(at address: UInt64, before end: UInt64) -> ComparedStretch {
        switch source {
        case .space(let space): ComparedStretch(space.stretch(at: address, before: end))
        case .object(let object, _): ComparedStretch(object.stretch(at: address, before: end))
        case .content(let content): stretch(of: content, at: address, before: end)
        case .pages(let pages):
            pages.stretch(at: address, before: end).map { ComparedStretch($0) }
                ?? ComparedStretch(end: pages.gapEnd(at: address, before: end), state: .nothing)
        }
    }

    private func stretch(of content: Content, at offset: UInt64, before end: UInt64) -> ComparedStretch {
        guard offset < content.size else { return ComparedStretch(end: end, state: .zeros) }
        let stretch = content.stretch(at: offset, before: end)
        switch stretch.bytes {
        case nil: return ComparedStretch(end: stretch.offsets.upperBound, state: .zeros)
        case .value(let bytes): return ComparedStretch(end: stretch.offsets.upperBound, state: .bytes(bytes, .own))
        case .missing(let absence):
            return ComparedStretch(end: stretch.offsets.upperBound, state: .unknown(.lost(absence.detail)))
        }
    }

    /// The beginning of a range, up to where so many bytes have passed that the images may have.
    func portion(of range: Range<UInt64>, _ limit: UInt64) -> MemoryPortion {
        switch source {
        case .space(let space): space.portion(of: range, limit)
        case .pages(let pages): pages.portion(of: range, limit)
        case .object(let object, _): object.portion(of: range, limit)
        case .content(let content): content.portion(of: range, limit)
        }
    }

    /// The end of the compressed block that an address lies in; the address itself if it lies in none.
    func blockEnd(at address: UInt64) -> UInt64 {
        switch source {
        case .space(let space): space.blockEnd(at: address)
        case .pages(let pages): pages.blockEnd(at: address)
        case .object(let object, _): object.blockEnd(at: address)
        case .content: address
        }
    }
}

extension PageSpace {
    /// Where the pages that the page map does not list end that begin at an address.
    fileprivate func gapEnd(at address: UInt64, before end: UInt64) -> UInt64 {
        let next = partition(0..<listed.count) { listed[$0].lowerBound > address }
        return next < listed.count ? min(end, listed[next].lowerBound) : end
    }
}

/// The first index of a range that a condition holds for, which holds for all after it too; the end if it holds for none.
func partition(_ range: Range<Int>, _ condition: (Int) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
        let middle = low + (high - low) / 2
        if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
}

extension ComparedMemory {
    /// Where a byte comes from, or why it is absent; nil for a file, whose bytes are its content's, and for pages that are not
    /// listed.
    public func origin(at address: UInt64) -> MemoryStretch.Origin? {
        guard address < .max else { return nil }
        return switch source {
        case .space(let space): space.stretch(at: address, before: address + 1).origin
        case .pages(let pages): pages.stretch(at: address, before: address + 1)?.origin
        case .object(let object, _): object.stretch(at: address, before: address + 1).origin
        case .content: nil
        }
    }

    /// The area that has an address; nil if none has, or if areas are not known. Logarithmic in the number of areas.
    public func area(at address: UInt64) -> MemorySegment? {
        guard case .space(let space) = source else { return nil }
        return space.segment(at: address)
    }
}
