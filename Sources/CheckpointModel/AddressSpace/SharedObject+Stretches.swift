internal import CRIUImages

extension AddressSpace.SharedObject {
    /// What the object shows at a range of addresses, as far as one stretch goes.
    ///
    /// - Parameters:
    ///   - addresses: The addresses, at least one.
    ///   - offset: The offset in the object of the first one.
    func stretch(_ addresses: Range<UInt64>, at offset: UInt64) -> MemoryStretch {
        switch pages {
        case .missing(let absence):
            return MemoryStretch(addresses: addresses, origin: .absent(.lost(absence.detail)), bytes: nil)
        case .mapped(let reader): return paged(reader, addresses, offset)
        case .inline(let content, let origin): return inline(content, origin, addresses, offset)
        }
    }

    private func paged(_ reader: PageReader, _ addresses: Range<UInt64>, _ offset: UInt64) -> MemoryStretch {
        let count = addresses.upperBound - addresses.lowerBound
        let end = offset.addingCapped(count)
        guard end > offset else { return .untouched(addresses) }
        let found = reader.stretch(at: offset, before: end)
        let part = addresses.lowerBound..<(addresses.lowerBound + (found.end - offset))
        return found.stretch(part) { snapshot, name, offset in
            .object(id: id, self.name, snapshot: snapshot, image: name, offset: offset)
        }
    }

    private func inline(
        _ content: Content, _ origin: Origin, _ addresses: Range<UInt64>, _ offset: UInt64
    ) -> MemoryStretch {
        content.stretch(addresses, at: offset) { .object(id: id, name, snapshot: 0, image: origin.image, offset: $0) }
    }
}

extension Content {
    /// What an area that maps the content shows at a range of addresses, as far as one stretch goes.
    ///
    /// - Parameters:
    ///   - addresses: The addresses, at least one.
    ///   - offset: The offset in the content of the first one.
    ///   - origin: Names the place of bytes, by their offset in the content.
    /// - Complexity: Logarithmic in the number of pieces.
    func stretch(
        _ addresses: Range<UInt64>, at offset: UInt64, _ origin: (UInt64) -> MemoryStretch.Origin
    ) -> MemoryStretch {
        let count = addresses.upperBound - addresses.lowerBound
        let place = pieces.partitioningIndex { $0.offset.addingCapped($0.count) > offset }
        guard place < pieces.count, pieces[place].offset < offset.addingCapped(count) else {
            return .untouched(addresses)
        }
        let piece = pieces[place]
        if piece.offset > offset {
            return .untouched(addresses.lowerBound..<(addresses.lowerBound + (piece.offset - offset)))
        }
        let start = offset - piece.offset
        let length = min(piece.count - start, count)
        let part = addresses.lowerBound..<(addresses.lowerBound + length)
        switch piece.bytes {
        case .value(let bytes):
            let slice = bytes[Int(start)..<Int(start + length)]
            return MemoryStretch(addresses: part, origin: origin(offset), bytes: .init(bytes: slice))
        case .missing(let absence):
            return MemoryStretch(addresses: part, origin: .absent(.lost(absence.detail)), bytes: nil)
        }
    }
}

extension MemoryStretch {
    /// Memory that was never written.
    static func untouched(_ addresses: Range<UInt64>) -> MemoryStretch {
        MemoryStretch(addresses: addresses, origin: .absent(.untouched), bytes: nil)
    }
}
