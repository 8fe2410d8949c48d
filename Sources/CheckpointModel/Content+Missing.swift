extension Content {
    /// A stretch whose bytes are missing.
    public struct MissingPart: Sendable, Equatable {
        /// Where in the content.
        public let range: Range<UInt64>
        /// Why.
        public let absence: Absence
    }

    /// The stretches whose bytes are missing, in order. Bytes that have to be unpacked are, to see whether they can be.
    public var missingParts: [MissingPart] {
        pieces.compactMap { piece in
            piece.bytes.absence.map {
                MissingPart(range: piece.offset..<piece.offset.addingCapped(piece.count), absence: $0)
            }
        }
    }

    /// How many bytes are neither held nor missing: holes, which read as zeros.
    public var holeCount: UInt64 {
        size - min(size, pieces.reduce(0) { $0.addingCapped($1.count) })
    }

    /// Several contents, one behind the other.
    static func joined(_ contents: [Content]) -> Content {
        var pieces: [Piece] = []
        var end: UInt64 = 0
        for content in contents {
            pieces += content.pieces.map { $0.moved(by: end) }
            end = end.addingCapped(content.size)
        }
        return Content(size: end, pieces: pieces)
    }
}
