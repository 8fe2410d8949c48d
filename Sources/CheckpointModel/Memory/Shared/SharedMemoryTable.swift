internal import CRIUImages
internal import Synchronization

/// The pages of memory that has images of its own: System V segments, memfds, shared anonymous memory.
final class SharedMemoryTable: Sendable {
    /// The System V segments by their ids.
    let segments: [UInt64: SysVSegment]
    private let library: ImageLibrary
    private let opened = Mutex<[UInt64: Known<SharedPages>]>([:])

    init(_ library: ImageLibrary) {
        self.library = library
        segments = SysVSegment.load(library)
    }

    /// The pages of an object. Its page map is read once.
    func pages(of id: UInt64) -> Known<SharedPages> {
        if let pages = opened.withLock({ $0[id] }) { return pages }
        let name = "pagemap-shmem-\(id).img"
        let map = PageMapParser(library, name, knownPageSize: nil).parse()
        let pages = map.map { map in
            SharedPages(
                reader: PageReader(.value(map), name: name, map.pageSize, library),
                counter: PageCounter(map.runs, map.pageSize), pageSize: map.pageSize)
        }
        opened.withLock { $0[id] = pages }
        return pages
    }

    /// The shared memory that an area maps; nil if it maps none.
    func view(of area: VmaEntry, _ file: Known<OpenFile>) -> SharedMemoryView? {
        guard let id = objectID(of: area, file) else { return nil }
        let range = area.pgoff..<area.pgoff.addingCapped(area.end - area.start)
        if let inline = segments[id]?.content, area.isSysV {
            let bytes = min(inline.size, range.upperBound) - min(inline.size, range.lowerBound)
            var counts = PageCounts()
            counts.present = bytes / 4096 + (bytes % 4096 == 0 ? 0 : 1)
            return SharedMemoryView(objectID: id, pages: .value(counts), parentAbsence: nil)
        }
        let pages = pages(of: id)
        return SharedMemoryView(
            objectID: id, pages: pages.map { $0.counter.pages(in: range) },
            parentAbsence: pages.value?.reader.missingLevel)
    }

    private func objectID(of area: VmaEntry, _ file: Known<OpenFile>) -> UInt64? {
        let status = SegmentStatus(rawValue: area.status)
        if status.mapsFile {
            guard case .memfd(let memory) = file.value?.detail, let inode = memory.inode.value else { return nil }
            return UInt64(inode.sharedMemoryID)
        }
        return status.isDisjoint(with: [.sysvIPC, .anonymousShared]) ? nil : area.shmid
    }
}

extension VmaEntry {
    fileprivate var isSysV: Bool { SegmentStatus(rawValue: status).contains(.sysvIPC) }
}

/// The pages of a shared memory object.
struct SharedPages: Sendable {
    let reader: PageReader
    let counter: PageCounter
    let pageSize: UInt64

    /// The pages up to a size.
    func counts(size: UInt64) -> PageCounts {
        let end = size.addingCapped(pageSize - 1) / pageSize * pageSize
        return counter.pages(in: 0..<end)
    }

    /// The address after the last page that the page map has.
    var end: UInt64 { reader.levels.first?.runs.last.map { $0.end(pageSize) } ?? 0 }
}
