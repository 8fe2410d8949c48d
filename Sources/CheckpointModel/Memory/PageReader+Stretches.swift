internal import CRIUImages

/// Consecutive bytes of an address space, or of a shared object, that are stored in one place, or missing for one reason.
struct PageStretch: Sendable {
    /// The address behind the last byte.
    let end: UInt64
    let place: Place

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
        case .image(let offset):
            let place = level.pages.map { pages in
                slice(pages, level, index, offset + (address - run.address), end - address)
            }
            return PageStretch(end: end, place: place.value ?? .missing(level.pages.absence ?? .pagesLost))
        case .compressed(let blocks): return unpacked(blocks, run, level, index, from: address, to: end)
        case .lazy:
            return PageStretch(
                end: end, place: .missing(Absence(.pagesLazy, "the pages were left behind, to be fetched later")))
        case .lost, .parent:
            return PageStretch(end: end, place: .missing(level.pages.absence ?? .pagesLost))
        }
    }

    private func slice(
        _ pages: ImageBytes, _ level: PageMap, _ index: Int, _ offset: UInt64, _ count: UInt64
    ) -> PageStretch.Place {
        guard offset.addingCapped(count) <= UInt64(pages.count) else { return .missing(.pagesLost) }
        let bytes = pages[Int(offset)..<Int(offset + count)]
        return .image(level: index, name: level.pagesName, offset: offset, bytes)
    }

    private func unpacked(
        _ blocks: CompressedPages, _ run: PageRun, _ level: PageMap, _ index: Int, from address: UInt64, to end: UInt64
    ) -> PageStretch {
        let offset = address - run.address
        guard let pages = level.pages.value else {
            return PageStretch(end: end, place: .missing(level.pages.absence ?? .pagesLost))
        }
        let (start, bytes) = blocks.block(at: offset, in: pages)
        let blockEnd = min(end, run.address + min(start + blocks.blockBytes, blocks.byteCount))
        guard let bytes else {
            return PageStretch(end: blockEnd, place: .missing(Absence(.damaged, "the pages are not a block of LZ4")))
        }
        let part = Int(offset - start)..<Int(offset - start + (blockEnd - address))
        let place = blocks.offsets[Int(offset / blocks.blockBytes)]
        return PageStretch(
            end: blockEnd, place: .image(level: index, name: level.pagesName, offset: place, bytes[part]))
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
