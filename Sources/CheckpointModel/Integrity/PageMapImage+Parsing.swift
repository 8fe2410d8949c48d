internal import CRIUImages

extension Checkpoint {
    /// Reads the page maps of the dump and of the snapshots that it builds on, the dump's first, by name. The pages are not
    /// read.
    ///
    /// They are made one at a time, so that they need not all be in memory. Damage of page maps is what
    /// ``examineImages(_:)`` tells of.
    public func examinePageMaps(_ body: (PageMapImage) -> Void) {
        let sizes = knownPageSizes
        for (level, library) in library.levels.enumerated() {
            for name in library.source.imageNames {
                guard let owner = PageMapImage.Owner(image: name), let image = library.quietly(name),
                    image.kind.message(ofEntry: 0) == .pagemapHead
                else { continue }
                body(PageMapImage(image, owner, library, level, pageSize: sizes.size(of: owner)))
            }
        }
    }

    /// A page map of the dump, or of one of the snapshots that it builds on; nil if it is not there.
    public func pageMap(of owner: PageMapImage.Owner, level: Int) -> PageMapImage? {
        let levels = library.levels
        guard levels.indices.contains(level), let image = levels[level].quietly(owner.image),
            image.kind.message(ofEntry: 0) == .pagemapHead
        else { return nil }
        return PageMapImage(image, owner, levels[level], level, pageSize: knownPageSizes.size(of: owner))
    }

    private var knownPageSizes: KnownPageSizes { memo.value { KnownPageSizes(library) } }
}

/// The page sizes that processes were told. All processes of one kernel are told the same, be it theirs or not.
private struct KnownPageSizes: Sendable {
    private let byProcess: [Int: UInt64]
    private let any: UInt64?

    init(_ library: ImageLibrary) {
        var sizes: [Int: UInt64] = [:]
        for name in library.source.imageNames {
            guard let pid = imageNumber(name, "mm-").flatMap({ Int(exactly: $0) }), let image = library.quietly(name),
                let size = image.records(MmEntry.self).records.first.flatMap(MemoryLoader.pageSize)
            else { continue }
            sizes[pid] = size
        }
        (byProcess, any) = (sizes, sizes.min { $0.key < $1.key }?.value)
    }

    func size(of owner: PageMapImage.Owner) -> UInt64? {
        guard case .process(let pid) = owner else { return any }
        return byProcess[pid] ?? any
    }
}

extension PageMapImage.Owner {
    fileprivate init?(image name: String) {
        if let id = imageNumber(name, "pagemap-shmem-") {
            self = .sharedMemory(id)
        } else if let pid = imageNumber(name, "pagemap-").flatMap({ Int(exactly: $0) }) {
            self = .process(pid)
        } else {
            return nil
        }
    }

    fileprivate var image: String {
        switch self {
        case .process(let pid): "pagemap-\(pid).img"
        case .sharedMemory(let id): "pagemap-shmem-\(id).img"
        }
    }
}

extension PageMapImage {
    fileprivate init(_ image: ImageFile, _ owner: Owner, _ library: ImageLibrary, _ level: Int, pageSize: UInt64?) {
        var pagesID: UInt32?
        var records: [(record: PagemapEntry, index: Int)] = []
        var cursor = image.entries()
        while (try? cursor.next()) == true {
            let index = cursor.index
            cursor.withMessage { message in
                if message.type == PagemapHead.messageType {
                    pagesID = PagemapHead(parsing: message).pagesId
                } else if message.type == PagemapEntry.messageType {
                    records.append((PagemapEntry(parsing: message), index))
                }
            }
        }
        let name = pagesID.map { "pages-\($0).img" }
        let held = library.byteCount(ofPages: name)
        let size = pageSize ?? PageMapImage.derivedSize(records.map(\.record), held.value)
        self.init(
            image: library.prefix + image.name, level: level, owner: owner,
            pagesImage: name.map { library.prefix + $0 },
            pagesByteCount: held, pageSize: size, entries: records.map { Entry($0.record, $0.index, size) })
    }

    /// The page size by which the pages fill the pages image; the smallest that Linux has, if none does.
    private static func derivedSize(_ records: [PagemapEntry], _ held: UInt64?) -> UInt64 {
        let sizes: [UInt64] = [4096, 16384, 65536]
        return sizes.first { size in
            records.enumerated().reduce(UInt64(0)) { total, record in
                total.addingCapped(Entry(record.element, record.offset, size).storedByteCount)
            } == held
        } ?? 4096
    }
}

extension PageMapImage.Entry {
    fileprivate init(_ record: PagemapEntry, _ index: Int, _ pageSize: UInt64) {
        let place = PageMapImage.Place(record)
        let count = record.nrPages ?? UInt64(record.compatNrPages)
        let blocks = record.compressedSize.reduce(UInt64(0)) { $0.addingCapped(UInt64($1)) }
        let stored = record.compressedSize.isEmpty ? count.multipliedCapped(pageSize) : blocks
        self.init(
            index: index, address: record.vaddr, pageCount: count, place: place,
            storedByteCount: place == .image ? stored : 0)
    }
}

extension PageMapImage.Place {
    /// Images older than flags mark only the parent's pages.
    init(_ record: PagemapEntry) {
        guard let flags = record.flags else {
            self = record.inParent == true ? .parent : .image
            return
        }
        if flags & 1 != 0 || record.inParent == true {
            self = .parent
        } else if flags & 4 != 0 {
            self = .image
        } else {
            self = flags & 2 != 0 ? .lazy : .nowhere
        }
    }
}

extension ImageLibrary {
    /// An image that is made of entries, or nil; damage is not listed.
    func quietly(_ name: String) -> ImageFile? {
        guard has(name), let bytes = try? source.bytes(of: name) else { return nil }
        return try? ImageFile(bytes, name: name)
    }

    fileprivate func byteCount(ofPages name: String?) -> Known<UInt64> {
        guard let name else { return .missing(Absence(.damaged, "the head of the page map cannot be read")) }
        guard has(name) else { return .missing(Absence(.noImage, "\(name) is not there")) }
        do {
            return .value(UInt64(try source.pages(of: name).count))
        } catch {
            return .missing(Absence(.unreadable, error.detail))
        }
    }
}

/// The number in the name of an image: `mm-12.img` is 12. Names that CRIU would not write have none.
func imageNumber(_ name: String, _ prefix: String) -> UInt64? {
    guard name.hasPrefix(prefix), name.hasSuffix(".img") else { return nil }
    let digits = name.dropFirst(prefix.count).dropLast(".img".count)
    guard let number = UInt64(digits), String(number) == digits else { return nil }
    return number
}
