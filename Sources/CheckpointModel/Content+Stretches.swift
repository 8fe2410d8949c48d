internal import CRIUImages

/// Consecutive bytes of content that are at hand, or missing for one reason, or a hole.
public struct ContentStretch: Sendable {
    /// The offsets in the content.
    public let offsets: Range<UInt64>
    /// The bytes, as many as offsets, or why they are missing; nil for a hole, which reads as zeros.
    public let bytes: Known<MemoryStretch.Bytes>?
}

extension Content {
    /// The stretch that begins at an offset. What has to be unpacked is unpacked.
    ///
    /// - Parameters:
    ///   - offset: The first offset.
    ///   - end: Where the stretch ends at the latest.
    /// - Precondition: `offset` is below `end` and below the size.
    /// - Complexity: Logarithmic in the number of pieces.
    public func stretch(at offset: UInt64, before end: UInt64) -> ContentStretch {
        let end = min(end, size)
        let place = pieces.partitioningIndex { $0.offset.addingCapped($0.count) > offset }
        guard place < pieces.count, pieces[place].offset < end else {
            return ContentStretch(offsets: offset..<end, bytes: nil)
        }
        let piece = pieces[place]
        if piece.offset > offset { return ContentStretch(offsets: offset..<piece.offset, bytes: nil) }
        let part = offset..<min(piece.offset.addingCapped(piece.count), end)
        let bytes = piece.bytes.map { bytes in
            let start = Int(offset - piece.offset)
            return MemoryStretch.Bytes(bytes: bytes[start..<(start + part.count)])
        }
        return ContentStretch(offsets: part, bytes: bytes)
    }
}
