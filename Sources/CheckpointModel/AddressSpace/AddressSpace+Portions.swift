extension AddressSpace {
    /// How many pages of the process's own are in a range of addresses, by where they are.
    ///
    /// - Complexity: Linear in the number of page runs in the range.
    public func ownPages(in range: Range<UInt64>) -> PageCounts { pages.counts(in: range) }

    /// The beginning of a range, up to where so many bytes of the process's own pages have passed; nothing is read.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - limit: How many bytes.
    /// - Precondition: The range is not empty.
    public func portion(of range: Range<UInt64>, _ limit: UInt64) -> MemoryPortion { pages.portion(of: range, limit) }

    /// The end of the compressed block that an address lies in; the address itself if it lies in none.
    public func blockEnd(at address: UInt64) -> UInt64 { pages.blockEnd(at: address) }
}

extension PageSpace {
    /// The beginning of a range, up to where so many bytes of the pages have passed; nothing is read.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - limit: How many bytes.
    /// - Precondition: The range is not empty.
    public func portion(of range: Range<UInt64>, _ limit: UInt64) -> MemoryPortion { pages.portion(of: range, limit) }

    /// The end of the compressed block that an address lies in; the address itself if it lies in none.
    public func blockEnd(at address: UInt64) -> UInt64 { pages.blockEnd(at: address) }
}

extension SharedMemorySpace {
    /// The beginning of a range of offsets, up to where so many bytes of the object have passed; nothing is read.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - limit: How many bytes.
    /// - Precondition: The range is not empty.
    public func portion(of range: Range<UInt64>, _ limit: UInt64) -> MemoryPortion {
        switch object.pages {
        case .mapped(let reader): reader.portion(of: range, limit)
        case .inline(let content, _): content.portion(of: range, limit)
        case .missing: MemoryPortion(end: range.upperBound, byteCount: 0)
        }
    }

    /// The end of the compressed block that an offset lies in; the offset itself if it lies in none.
    public func blockEnd(at offset: UInt64) -> UInt64 {
        guard case .mapped(let reader) = object.pages else { return offset }
        return reader.blockEnd(at: offset)
    }
}

extension Content {
    /// The beginning of a range of offsets, up to where so many bytes have passed that are no holes; nothing is read.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - limit: How many bytes.
    /// - Precondition: The range is not empty.
    /// - Complexity: Logarithmic in the number of pieces, and linear in the number that is passed.
    public func portion(of range: Range<UInt64>, _ limit: UInt64) -> MemoryPortion {
        var left = limit
        let first = pieces.partitioningIndex { $0.offset.addingCapped($0.count) > range.lowerBound }
        for piece in pieces[first...] {
            guard piece.offset < range.upperBound else { break }
            let start = max(piece.offset, range.lowerBound)
            let count = min(piece.offset.addingCapped(piece.count), range.upperBound) - start
            if count >= left { return MemoryPortion(end: start + left, byteCount: limit) }
            left -= count
        }
        return MemoryPortion(end: range.upperBound, byteCount: limit - left)
    }
}
