internal import CheckpointModel

/// Pages that a side has in pieces, as no kernel makes them but for the last page of a file.
extension PageWalk {
    /// Compares a page that a side has in pieces.
    mutating func comparePieces(_ page: Range<UInt64>) {
        let (old, new) = (pieces(before, region.before, page), pieces(after, region.after, page))
        guard old.absence == nil, new.absence == nil else {
            add(verdict(old.presence, new.presence), page)
            return
        }
        holes = Self.holes(old.isHole, new.isHole)
        if old.bytes == new.bytes {
            addIdentical(page)
        } else if !old.hasBytes {
            add(.appeared, page)
        } else {
            add(new.hasBytes ? .modified : .gone, page)
        }
    }

    /// A page that was put together.
    private struct Pieces {
        /// The bytes up to the first that is not there, what was never written in zeros.
        var bytes: [UInt8] = []
        /// Whether any of them was there.
        var hasBytes = false
        /// Whether any of them is in a hole.
        var isHole = false
        /// What stands for the first that is not there.
        var absence: PagePresence?

        var presence: PagePresence { absence ?? (hasBytes ? .bytes(.own) : .zeros) }
    }

    private func pieces(_ side: ComparedMemory, _ start: UInt64, _ page: Range<UInt64>) -> Pieces {
        var pieces = Pieces()
        var position = page.lowerBound
        while position < page.upperBound, pieces.absence == nil {
            let held = held(side, start, position..<page.upperBound)
            switch held.state {
            case .bytes(let bytes, _):
                pieces.bytes += bytes.copy(0..<bytes.count)
                pieces.hasBytes = true
                if held.isHole { pieces.isHole = true }
            case .zeros: pieces.bytes += Array(repeating: 0, count: Int(held.end - position))
            default: pieces.absence = PagePresence(held.state, from: 0)
            }
            position = held.end
        }
        return pieces
    }
}
