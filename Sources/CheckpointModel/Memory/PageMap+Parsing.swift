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
        let index: Int
        let offset: Int
    }

    /// Reads a page map and finds its pages image.
    func parse() -> Known<PageMap> {
        library.image(name).map { image in
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
            index: index, offset: offset)
    }

    /// Where the pages of an entry are. Images older than flags mark only the parent's pages.
    private func location(_ record: PagemapEntry) -> PageRun.Location {
        guard let flags = record.flags else { return record.inParent == true ? .parent : .image(offset: 0) }
        if flags & 1 != 0 || record.inParent == true { return .parent }
        if flags & 4 == 0 { return .lazy }
        return record.compressedSize.isEmpty ? .image(offset: 0) : .compressed
    }

    private func pageMap(_ entries: [Entry], _ pagesID: UInt32?, _ damage: Absence?) -> PageMap {
        let pagesName = pagesID.map { "pages-\($0).img" } ?? ""
        let pages = pagesBytes(pagesName)
        let size = knownPageSize ?? derivedPageSize(entries, pages.value?.count)
        return PageMap(
            runs: runs(entries, size, pages.value?.count), pageSize: size, pagesName: pagesName, pages: pages,
            damage: damage)
    }

    private func pagesBytes(_ pagesName: String) -> Known<ImageBytes> {
        guard library.has(pagesName) else { return .missing(Absence(.noImage, "\(pagesName) is not there")) }
        do {
            return .value(try library.source.bytes(of: pagesName))
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
        if let byteCount, present > 0,
            let size = sizes.first(where: { present.multipliedCapped($0) == UInt64(byteCount) })
        {
            return size
        }
        return sizes.last { size in entries.allSatisfy { $0.address % size == 0 } } ?? 4096
    }

    /// Sets the offsets of the runs in the pages image, and leaves out runs that cannot be.
    private func runs(_ entries: [Entry], _ pageSize: UInt64, _ byteCount: Int?) -> [PageRun] {
        var runs: [PageRun] = []
        runs.reserveCapacity(entries.count)
        var offset: UInt64 = 0
        var end: UInt64 = 0
        for entry in entries where entry.count > 0 {
            var run = PageRun(address: entry.address, pageCount: entry.count, location: entry.location)
            if case .image = entry.location {
                run = PageRun(address: entry.address, pageCount: entry.count, location: .image(offset: offset))
                offset = offset.addingCapped(run.byteCount(pageSize))
                if let byteCount, offset > UInt64(byteCount) {
                    note(entry, "its pages are beyond the end of the pages image")
                }
            }
            guard entry.address >= end else {
                note(entry, "its addresses overlap those before it")
                continue
            }
            end = run.end(pageSize)
            runs.append(run)
        }
        return runs
    }

    private func note(_ entry: Entry, _ detail: String) {
        library.note(
            Problem(image: name, entry: entry.index, offset: entry.offset, code: "bad-pagemap", detail: detail))
    }
}
