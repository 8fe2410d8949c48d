internal import CRIUImages

/// Bytes that a checkpoint holds: of a queue, a deleted file, a shared memory object, a member of an archive.
///
/// The bytes stay where they are, in the mapped images. What no piece covers is a hole, which reads as zeros.
public struct Content: Sendable {
    /// The size in bytes, holes and missing parts included.
    public let size: UInt64
    /// The pieces, by ascending offset; they do not overlap.
    let pieces: [Piece]

    /// A stretch of the content.
    struct Piece: Sendable {
        let offset: UInt64
        let count: UInt64
        private let source: Known<(bytes: DeferredBytes, start: Int)>

        /// A stretch that is at hand, or missing.
        init(offset: UInt64, count: UInt64, bytes: Known<ImageBytes>) {
            (self.offset, self.count) = (offset, count)
            source = bytes.map { (DeferredBytes($0), 0) }
        }

        /// A stretch of bytes that may have to be unpacked first.
        ///
        /// - Parameter start: Where the stretch begins in the bytes, which reach to its end.
        init(offset: UInt64, count: UInt64, in bytes: DeferredBytes, from start: Int) {
            (self.offset, self.count) = (offset, count)
            source = .value((bytes, start))
        }

        private init(_ piece: Piece, at offset: UInt64) {
            (self.offset, count, source) = (offset, piece.count, piece.source)
        }

        /// The same stretch, further on.
        func moved(by distance: UInt64) -> Piece { Piece(self, at: offset.addingCapped(distance)) }

        /// The bytes, or why they are missing. They are unpacked if they are not at hand.
        var bytes: Known<ImageBytes> {
            source.flatMap { $0.bytes.bytes($0.start..<Int(clamping: UInt64($0.start).addingCapped(count))) }
        }

        /// Why the bytes are missing, as far as that can be told without unpacking; nil if they are not.
        var absence: Absence? { source.absence }
    }

    /// Content that lies in one piece.
    init(_ bytes: ImageBytes) {
        size = UInt64(bytes.count)
        pieces = bytes.count == 0 ? [] : [Piece(offset: 0, count: size, bytes: .value(bytes))]
    }

    /// Content that may have to be unpacked first.
    init(_ bytes: DeferredBytes) {
        size = UInt64(bytes.count)
        pieces = bytes.count == 0 ? [] : [Piece(offset: 0, count: size, in: bytes, from: 0)]
    }

    /// Content in pieces.
    ///
    /// - Parameter pieces: By ascending offset, within the size, not overlapping: the caller has checked what the images say.
    init(size: UInt64, pieces: [Piece]) {
        self.size = size
        self.pieces = pieces
    }

    /// How many bytes are missing, because the images lack them or are damaged.
    public var missingCount: UInt64 {
        pieces.reduce(0) { $1.absence != nil ? $0.addingCapped($1.count) : $0 }
    }

    /// Why the first missing bytes are missing; nil if none are.
    public var absence: Absence? {
        pieces.lazy.compactMap(\.absence).first
    }

    /// How much is digested or written out in zeros at the most: holes cost an image nothing.
    private static let holeLimit: UInt64 = 64 << 30

    /// The SHA-256 of the content in hexadecimal, holes read as zeros; missing if a part of the content is.
    ///
    /// - Complexity: Linear in the size; it is computed anew each time.
    public var sha256: Known<String> {
        if let absence { return .missing(absence) }
        let held = pieces.reduce(UInt64(0)) { $0.addingCapped($1.count) }
        guard size - min(held, size) <= Content.holeLimit else {
            return .missing(Absence(.unsupported, "the holes are too large to be digested"))
        }
        var digest = SHA256()
        var end: UInt64 = 0
        for piece in pieces {
            digest.update(zeros: piece.offset - end)
            switch piece.bytes {
            case .value(let bytes): bytes.withUnsafeBytes { digest.update($0) }
            case .missing(let absence): return .missing(absence)
            }
            end = piece.offset + piece.count
        }
        digest.update(zeros: size - end)
        return .value(digest.finish())
    }

    /// Calls a function with the bytes of each piece that is there, in order, at most a few MiB at a time.
    ///
    /// - Parameter body: Gets the offset in the content, and the bytes, which are valid only during the call.
    public func forEachPiece<Failure: Error>(
        _ body: (UInt64, UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        let step = 4 << 20
        for piece in pieces {
            guard let bytes = piece.bytes.value else { continue }
            for start in stride(from: 0, to: bytes.count, by: step) {
                let part = start..<min(start + step, bytes.count)
                try bytes.withUnsafeBytes { all throws(Failure) in
                    try body(piece.offset + UInt64(start), UnsafeRawBufferPointer(rebasing: all[part]))
                }
                if bytes.count > 2 * step { bytes.release(part) }
            }
        }
    }

    /// The first bytes, holes read as zeros, up to a limit or to the first missing byte.
    public func prefix(_ limit: Int) -> [UInt8] {
        let end = min(size, UInt64(max(limit, 0)))
        var result: [UInt8] = []
        for piece in pieces where piece.offset < end {
            guard let bytes = piece.bytes.value else { return result + zeros(result, to: piece.offset) }
            result += zeros(result, to: piece.offset)
            result += bytes.copy(0..<Int(min(UInt64(bytes.count), end - piece.offset)))
        }
        return result + zeros(result, to: end)
    }

    private func zeros(_ bytes: [UInt8], to end: UInt64) -> [UInt8] {
        Array(repeating: 0, count: Int(end) - bytes.count)
    }
}

extension Content {
    /// Content without any bytes.
    public static let empty = Content(size: 0, pieces: [])
}
