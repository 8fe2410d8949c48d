internal import CheckpointModel

/// Divides the bytes of a space into subjects, in the order of addresses.
///
/// Bytes that lie next to each other in memory and in an image are gone through where they are. Where the pieces are
/// small, or end although memory goes on, they are gathered with a part of what follows, so that nothing is missed at a
/// border.
struct SubjectMaker {
    /// Bytes that lie in one place.
    struct Piece {
        var addresses: Range<UInt64>
        var bytes: MemoryStretch.Bytes
        let view: SpaceStretch.View?
    }

    private let space: any ByteSpace
    private let ranges: [Range<UInt64>]
    private let reach: Reach
    private var rangeIndex = 0
    /// Where the next stretch is to be looked for.
    private var position: UInt64 = 0
    /// Contiguous pieces, the first of which has the next start.
    private var pieces: [Piece] = []
    private var start: UInt64 = 0
    private var hasEnded = true
    private var continues = false
    /// The last bytes before the first piece.
    private var behind: [UInt8] = []

    /// How far around the place where a find begins bytes matter.
    struct Reach: Sendable {
        /// How many bytes behind the first one.
        let ahead: Int
        /// How many bytes before it.
        let behind: Int
        /// How many starts there are in a subject.
        var block = 256 << 10

        /// From how many bytes on a piece is gone through where it is.
        fileprivate var wholePiece: UInt64 { UInt64(max(64 << 10, 2 * (ahead + behind))) }
    }

    /// - Parameter ranges: Which addresses are gone through: ascending, without overlaps; none begins where another ends.
    init(_ space: any ByteSpace, _ ranges: [Range<UInt64>], _ reach: Reach) {
        self.space = space
        self.ranges = ranges
        self.reach = reach
    }

    /// The next subject; nil at the end.
    mutating func next() -> Subject? {
        while true {
            if pieces.isEmpty, !beginExtent() { return nil }
            if start >= pieces[0].addresses.upperBound {
                dropPiece()
            } else if let subject = pieces[0].view == nil ? ownSubject() : borderSubject() {
                continues = true
                return subject
            }
        }
    }

    // MARK: Pieces

    private mutating func beginExtent() -> Bool {
        while rangeIndex < ranges.count {
            let range = ranges[rangeIndex]
            position = max(position, range.lowerBound)
            guard position < range.upperBound else {
                rangeIndex += 1
                continue
            }
            let stretch = space.stretch(at: position, before: range.upperBound)
            position = stretch.addresses.upperBound
            guard let bytes = stretch.bytes else { continue }
            pieces = [Piece(addresses: stretch.addresses, bytes: bytes, view: stretch.view)]
            (start, hasEnded, continues, behind) = (stretch.addresses.lowerBound, false, false, [])
            return true
        }
        return false
    }

    /// Looks up pieces until they reach an address, or memory ends.
    private mutating func fill(to address: UInt64) {
        while !hasEnded, let last = pieces.last, last.addresses.upperBound < address {
            guard position < ranges[rangeIndex].upperBound else {
                hasEnded = true
                return
            }
            let stretch = space.stretch(at: position, before: ranges[rangeIndex].upperBound)
            position = stretch.addresses.upperBound
            guard let bytes = stretch.bytes else {
                hasEnded = true
                return
            }
            append(Piece(addresses: stretch.addresses, bytes: bytes, view: stretch.view))
        }
    }

    private mutating func append(_ piece: Piece) {
        let last = pieces.count - 1
        if pieces[last].view == piece.view, let joined = pieces[last].bytes.joined(with: piece.bytes) {
            pieces[last].bytes = joined
            pieces[last].addresses = pieces[last].addresses.lowerBound..<piece.addresses.upperBound
        } else {
            pieces.append(piece)
        }
    }

    private mutating func dropPiece() {
        let piece = pieces.removeFirst()
        guard reach.behind > 0 else { return }
        if piece.bytes.count >= reach.behind { behind = [] }
        behind += piece.bytes.copy(max(0, piece.bytes.count - reach.behind)..<piece.bytes.count)
        behind.removeFirst(max(0, behind.count - reach.behind))
    }

    /// The address behind the last piece that was looked up.
    private var end: UInt64 { pieces.last?.addresses.upperBound ?? start }

    // MARK: Subjects

    private mutating func ownSubject() -> Subject? {
        let whole = UInt64(reach.block + reach.ahead)
        fill(to: start.addingCapped(whole + UInt64(reach.behind) + 1))
        let piece = pieces[0]
        let left = piece.addresses.upperBound - start
        let needsBehind = start - piece.addresses.lowerBound < UInt64(reach.behind) && !behind.isEmpty
        if needsBehind {
            return gathered(to: min(piece.addresses.upperBound, start.addingCapped(UInt64(reach.behind))))
        }
        if left > whole {
            return mapped(starts: start..<(start + UInt64(reach.block)), to: start + whole)
        }
        if pieces.count == 1 { return mapped(starts: start..<end, to: end) }
        if left >= reach.wholePiece {
            return mapped(starts: start..<(start + left - UInt64(reach.ahead)), to: piece.addresses.upperBound)
        }
        return gathered(to: gatheringEnd())
    }

    /// Up to where small pieces are gathered: to the next one that is large, or seen through a view.
    private func gatheringEnd() -> UInt64 {
        let limit = start.addingCapped(UInt64(reach.block))
        var end = start
        for (index, piece) in pieces.enumerated() where end < limit {
            if index > 0 && piece.view != nil { break }
            if index > 0 && UInt64(piece.bytes.count) >= reach.wholePiece {
                return min(piece.addresses.upperBound, end.addingCapped(UInt64(reach.behind)))
            }
            end = min(piece.addresses.upperBound, limit)
        }
        return end
    }

    /// What begins in a view and goes on behind it. The rest is found where the viewed object is gone through.
    private mutating func borderSubject() -> Subject? {
        let border = pieces[0].addresses.upperBound
        fill(to: border.addingCapped(UInt64(reach.ahead)))
        let seen = pieces.prefix { $0.view == pieces[0].view }
        let viewEnd = seen.last?.addresses.upperBound ?? border
        let first = max(start, border.subtractingCapped(UInt64(reach.ahead)))
        if viewEnd >= min(end, border.addingCapped(UInt64(reach.ahead))) || first >= border {
            start = border
            return nil
        }
        start = first
        return gathered(to: border, viewEnd: viewEnd)
    }

    private mutating func mapped(starts: Range<UInt64>, to end: UInt64) -> Subject {
        let piece = pieces[0]
        let first = max(piece.addresses.lowerBound, starts.lowerBound.subtractingCapped(UInt64(reach.behind)))
        let part = Int(first - piece.addresses.lowerBound)..<Int(end - piece.addresses.lowerBound)
        start = starts.upperBound
        return Subject(
            storage: .mapped(piece.bytes[part]), base: first, starts: starts, continues: continues,
            endsExtent: hasEnded && end == self.end, viewEnd: nil)
    }

    private mutating func gathered(to startsEnd: UInt64, viewEnd: UInt64? = nil) -> Subject {
        fill(to: startsEnd.addingCapped(UInt64(reach.ahead) + 1))
        let end = min(startsEnd.addingCapped(UInt64(reach.ahead)), self.end)
        let origin = pieces[0].addresses.lowerBound
        let first = start.subtractingCapped(UInt64(reach.behind))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(end - min(first, end)))
        if first < origin { bytes += behind.suffix(Int(origin - first)) }
        let base = max(first, origin) - UInt64(bytes.count)
        for piece in pieces {
            let part = piece.addresses.clamped(to: first..<max(first, end))
            guard !part.isEmpty else { continue }
            let offset = piece.addresses.lowerBound
            piece.bytes.withUnsafeBytes { bytes += $0[Int(part.lowerBound - offset)..<Int(part.upperBound - offset)] }
        }
        defer { start = startsEnd }
        return Subject(
            storage: .gathered(bytes), base: base, starts: start..<startsEnd, continues: continues,
            endsExtent: hasEnded && end == self.end, viewEnd: viewEnd)
    }
}
