internal import CRIUImages

/// Reads page maps.
struct PageMapParser {
    private let library: ImageLibrary
    private let name: String
    /// The page size that the process itself was told, if it is known.
    private let knownPageSize: UInt64?

    init(_ library: ImageLibrary, _ name: String, knownPageSize: UInt64?) {
        self.library = library
        self.name = name
        self.knownPageSize = knownPageSize
    }

    /// What the parts of an entry that matter here say.
    private struct Entry {
        let address: UInt64
        let count: UInt64
        let location: PageRun.Location
        /// How many bytes each compressed block takes; empty if the pages are not compressed.
        let blockSizes: [UInt32]
        /// How many pages a compressed block covers.
        let blockPages: UInt64
        let index: Int
        let offset: Int

        /// How many bytes its pages take in the pages image.
        func storedBytes(_ pageSize: UInt64) -> UInt64 {
            if blockSizes.isEmpty { return count.multipliedCapped(pageSize) }
            return blockSizes.reduce(UInt64(0)) { $0.addingCapped(UInt64($1)) }
        }
    }

    /// Reads a page map and finds its pages image; that either is missing is a problem.
    func parse() -> Known<PageMap> {
        library.noteIfAbsent(name)
        return library.image(name).map { image in
            var pagesID: UInt32?
            var entries: [Entry] = []
            var damage: Absence?
            do throws(ImageError) {
                try read(image, &pagesID, &entries)
            } catch {
                damage = library.note(error)
            }
            return pageMap(entries, pagesID, damage)
        }
    }

    private func read(_ image: ImageFile, _ pagesID: inout UInt32?, _ entries: inout [Entry]) throws(ImageError) {
        var cursor = image.entries()
        while try cursor.next() {
            let (index, offset) = (cursor.index, cursor.offset)
            cursor.withMessage { message in
                if message.type == PagemapHead.messageType {
                    pagesID = PagemapHead(parsing: message).pagesId
                } else if message.type == PagemapEntry.messageType {
                    entries.append(entry(PagemapEntry(parsing: message), index, offset))
                }
            }
        }
    }

    private func entry(_ record: PagemapEntry, _ index: Int, _ offset: Int) -> Entry {
        Entry(
            address: record.vaddr, count: record.nrPages ?? UInt64(record.compatNrPages), location: location(record),
            blockSizes: record.compressedSize, blockPages: UInt64(max(record.regionPages ?? 1, 1)), index: index,
            offset: offset)
    }

    private func location(_ record: PagemapEntry) -> PageRun.Location {
        switch PageMapImage.Place(record) {
        case .image: .image(offset: 0)
        case .parent: .parent
        case .lazy: .lazy
        case .nowhere: .lost
        }
    }

    private func pageMap(_ entries: [Entry], _ pagesID: UInt32?, _ damage: Absence?) -> PageMap {
        let pagesName = pagesID.map { "pages-\($0).img" } ?? ""
        let pages = pagesBytes(pagesName)
        let size = knownPageSize ?? derivedPageSize(entries, pages.value?.count)
        return PageMap(
            runs: runs(entries, size, pages.value), pageSize: size, pagesName: pagesName, pages: pages,
            damage: damage)
    }

    private func pagesBytes(_ pagesName: String) -> Known<DeferredBytes> {
        if !pagesName.isEmpty { library.noteIfAbsent(pagesName) }
        guard library.has(pagesName) else { return .missing(Absence(.noImage, "\(pagesName) is not there")) }
        do {
            return .value(try library.source.pages(of: pagesName))
        } catch {
            return .missing(library.note(error))
        }
    }

    /// The page size by which the present pages fill the pages image, or else the largest that all addresses are
    /// multiples of.
    private func derivedPageSize(_ entries: [Entry], _ byteCount: Int?) -> UInt64 {
        let sizes: [UInt64] = [4096, 16384, 65536]
        let present = entries.reduce(into: UInt64(0)) { total, entry in
            if entry.location == .image(offset: 0) { total &+= entry.count }
        }
        if let byteCount, present > 0, entries.allSatisfy({ $0.blockSizes.isEmpty }),
            let size = sizes.first(where: { present.multipliedCapped($0) == UInt64(byteCount) })
        {
            return size
        }
        return sizes.last { size in entries.allSatisfy { $0.address % size == 0 } } ?? 4096
    }

    /// Sets the offsets of the runs in the pages image, and leaves out runs that cannot be.
    ///
    /// - Parameter pages: The pages image; nil if it cannot be read, so that its pages are lost.
    private func runs(_ entries: [Entry], _ pageSize: UInt64, _ pages: DeferredBytes?) -> [PageRun] {
        var runs: [PageRun] = []
        runs.reserveCapacity(entries.count)
        let held = UInt64(pages?.count ?? 0)
        let holes = PageHoles(pages?.holes ?? [], pageSize)
        var place: UInt64 = 0
        var end: UInt64 = 0
        for entry in entries where entry.count > 0 {
            let parts = self.parts(of: entry, at: place, held, pageSize)
            if entry.location == .image(offset: 0) { place = place.addingCapped(entry.storedBytes(pageSize)) }
            if pages != nil, parts.contains(where: { $0.location == .lost }) {
                note(entry, "its pages are not in the pages image")
            }
            guard entry.address >= end, let last = parts.last else {
                note(entry, "its addresses overlap those before it")
                continue
            }
            end = last.end(pageSize)
            runs += parts.flatMap { holes.divide($0) }
        }
        return runs
    }

    /// An entry as runs: whole, or divided where the pages image ends.
    ///
    /// - Parameters:
    ///   - place: How many bytes stand before it in the pages image.
    ///   - held: How many bytes the pages image holds.
    private func parts(of entry: Entry, at place: UInt64, _ held: UInt64, _ pageSize: UInt64) -> [PageRun] {
        guard entry.location == .image(offset: 0) else {
            return [PageRun(address: entry.address, pageCount: entry.count, location: entry.location)]
        }
        let (location, present) =
            entry.blockSizes.isEmpty
            ? (.image(offset: place), min(entry.count, (held > place ? held - place : 0) / pageSize))
            : blocks(of: entry, at: place, held, pageSize)
        var parts: [PageRun] = []
        if present > 0 { parts.append(PageRun(address: entry.address, pageCount: present, location: location)) }
        if present < entry.count {
            let address = entry.address.addingCapped(present.multipliedCapped(pageSize))
            parts.append(PageRun(address: address, pageCount: entry.count - present, location: .lost))
        }
        return parts
    }

    /// The compressed blocks of an entry, and how many of its pages the pages image holds.
    private func blocks(
        of entry: Entry, at place: UInt64, _ held: UInt64, _ pageSize: UInt64
    ) -> (PageRun.Location, UInt64) {
        guard let blocks = CompressedPages(entry.blockSizes, entry.count, blockPages: entry.blockPages, pageSize) else {
            note(entry, "its compressed blocks are not those of its pages")
            return (.lost, 0)
        }
        let placed = blocks.placed(at: place)
        return (.compressed(placed), placed.pageCount(within: held))
    }

    private func note(_ entry: Entry, _ detail: String) {
        library.note(
            Problem(image: name, entry: entry.index, offset: entry.offset, code: "bad-pagemap", detail: detail))
    }
}
