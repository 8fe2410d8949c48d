/// A part of an address range that holds so much memory that it can be gone through at once.
public struct MemoryPortion: Sendable, Equatable {
    /// The address behind the part.
    public var end: UInt64
    /// How many bytes of it the images may have.
    public var byteCount: UInt64
}

extension PageReader {
    /// The beginning of a range, up to where a number of bytes has passed that the images may have, or of runs of pages.
    /// No bytes are read, and none are unpacked; it does not end within a compressed block.
    ///
    /// - Parameters:
    ///   - range: The range, not empty.
    ///   - limit: How many bytes it has at the least, unless the range ends.
    ///   - runLimit: How many runs are looked at at the most.
    func portion(of range: Range<UInt64>, _ limit: UInt64, runs runLimit: Int = 1024) -> MemoryPortion {
        var left = limit
        var runsLeft = runLimit
        // Ranges and the snapshots that are to be asked for them, the next one last.
        var pending = [(range: range, level: 0)]
        while let (part, place) = pending.popLast() {
            guard place < levels.count else { continue }
            let level = levels[place]
            for run in level.runs(from: part.lowerBound) {
                guard run.address < part.upperBound else { break }
                let covered = run.covered(part, level.pageSize)
                guard !covered.isEmpty else { continue }
                runsLeft -= 1
                if run.location == .parent {
                    if covered.upperBound < part.upperBound {
                        pending.append((covered.upperBound..<part.upperBound, place))
                    }
                    pending.append((covered, place + 1))
                    break
                }
                let isThere = run.location != .lazy && run.location != .lost
                let count = isThere ? covered.upperBound - covered.lowerBound : 0
                if count >= left {
                    let end = run.blockEnd(covered.lowerBound + left)
                    return MemoryPortion(end: min(end, range.upperBound), byteCount: limit)
                }
                left -= count
                if runsLeft <= 0 { return MemoryPortion(end: covered.upperBound, byteCount: limit - left) }
            }
        }
        return MemoryPortion(end: range.upperBound, byteCount: limit - left)
    }

    /// The end of the compressed block that an address lies in; the address itself if it lies in none, or begins one.
    func blockEnd(at address: UInt64) -> UInt64 {
        for level in levels {
            guard let run = level.run(at: address) else { return address }
            if run.location != .parent { return run.blockEnd(address) }
        }
        return address
    }

    /// How many pages of a range the page map of this dump lists, by where they are. Linear in the number of its runs.
    func counts(in range: Range<UInt64>) -> PageCounts {
        var counts = PageCounts()
        guard let level = levels.first else { return counts }
        for run in level.runs(from: range.lowerBound) {
            guard run.address < range.upperBound else { break }
            let covered = run.covered(range, level.pageSize)
            if !covered.isEmpty { counts.add((covered.upperBound - covered.lowerBound) / level.pageSize, run.location) }
        }
        return counts
    }
}

extension PageRun {
    /// The part of a range that the run covers.
    fileprivate func covered(_ range: Range<UInt64>, _ pageSize: UInt64) -> Range<UInt64> {
        range.clamped(to: address..<end(pageSize))
    }

    /// The end of the block that has the byte before an address.
    fileprivate func blockEnd(_ address: UInt64) -> UInt64 {
        guard case .compressed(let blocks) = location, address > self.address else { return address }
        let offset = address - self.address
        let whole = ((offset - 1) / blocks.blockBytes + 1) * blocks.blockBytes
        return self.address + min(whole, blocks.byteCount)
    }
}
