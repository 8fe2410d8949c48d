internal import CRIUImages

/// Consecutive bytes of an address space, or of a shared object, that are stored in one place, or missing for one reason.
struct PageStretch: Sendable {
    /// The address behind the last byte.
    let end: UInt64
    let place: Place
    /// Whether the bytes are in a hole of the image, and may be what became of others (``PageRun/Location/hole(offset:)``).
    var isHole = false

    /// Where bytes are.
    enum Place: Sendable {
        /// In an image: how many snapshots below this one, the name of the pages image, the offset of the first byte in
        /// it, and the bytes. The offset of bytes that had to be unpacked is that of their block.
        case image(level: Int, name: String, offset: UInt64, ImageBytes)
        /// The page map does not list the pages.
        case unlisted
        /// The page map lists them, but they cannot be had.
        case missing(Absence)
    }
}

extension PageReader {
    /// The stretch that begins at an address.
    ///
    /// - Parameters:
    ///   - address: The first address.
    ///   - end: Where the stretch ends at the latest; above `address`.
    /// - Complexity: Logarithmic in the number of runs, for each snapshot that it takes.
    func stretch(at address: UInt64, before end: UInt64) -> PageStretch {
        var end = end
        for (index, level) in levels.enumerated() {
            guard let run = level.run(at: address) else {
                if let next = level.nextRun(after: address) { end = min(end, next) }
                // Damage cut the list short: nothing is known of the pages behind it.
                guard let damage = level.damage, level.nextRun(after: address) == nil else {
                    return PageStretch(end: end, place: .unlisted)
                }
                return PageStretch(end: end, place: .missing(damage))
            }
            // A parent's run can go on where this snapshot has newer pages.
            end = min(end, run.end(level.pageSize))
            if run.location == .parent { continue }
            return stored(run, level, index, from: address, to: end)
        }
        let absence = missingLevel ?? Absence(.noImage, "the pages are in a parent snapshot that is not there")
        return PageStretch(end: end, place: .missing(absence))
    }

    private func stored(
        _ run: PageRun, _ level: PageMap, _ index: Int, from address: UInt64, to end: UInt64
    ) -> PageStretch {
        switch run.location {
        case .image(let offset), .hole(let offset):
            let start = offset + (address - run.address)
            let bytes = level.pages.flatMap { $0.bytes(Int(start)..<Int(start + (end - address))) }
            var isHole = false
            if case .hole = run.location { isHole = true }
            return PageStretch(end: end, place: place(bytes, level, index, start), isHole: isHole)
        case .compressed(let blocks): return unpacked(blocks, run, level, index, from: address, to: end)
        case .lazy:
            return PageStretch(
                end: end, place: .missing(Absence(.pagesLazy, "the pages were left behind, to be fetched later")))
        case .lost, .parent:
            return PageStretch(end: end, place: .missing(level.pages.absence ?? .pagesLost))
        }
    }

    private func unpacked(
        _ blocks: CompressedPages, _ run: PageRun, _ level: PageMap, _ index: Int, from address: UInt64, to end: UInt64
    ) -> PageStretch {
        let offset = address - run.address
        let (start, bytes) =
            level.pages.map { blocks.block(at: offset, in: $0) }.value ?? (offset, .missing(.pagesLost))
        let blockEnd = min(end, run.address + min(start + blocks.blockBytes, blocks.byteCount))
        let part = Int(offset - start)..<Int(offset - start + (blockEnd - address))
        let block = blocks.offsets[Int(offset / blocks.blockBytes)]
        return PageStretch(end: blockEnd, place: place(bytes.map { $0[part] }, level, index, block))
    }

    private func place(
        _ bytes: Known<ImageBytes>, _ level: PageMap, _ index: Int, _ offset: UInt64
    ) -> PageStretch.Place {
        switch bytes {
        case .value(let bytes): .image(level: index, name: level.pagesName, offset: offset, bytes)
        case .missing(let absence): .missing(level.pages.absence ?? absence)
        }
    }
}

extension Absence {
    static let pagesLost = Absence(.damaged, "the pages image does not hold the pages")
}

extension PageMap {
    /// The address of the first run behind an address that no run covers; nil if there is none. Logarithmic in the number
    /// of runs.
    func nextRun(after address: UInt64) -> UInt64? {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].address > address { high = middle } else { low = middle + 1 }
        }
        return low < runs.count ? runs[low].address : nil
    }
}
