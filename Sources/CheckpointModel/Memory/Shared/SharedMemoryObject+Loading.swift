internal import CRIUImages
internal import EvidenceText

/// Collects the shared memory of a checkpoint.
struct SharedMemoryCollector {
    private let table: SharedMemoryTable
    private let memfds: [UInt64: MemoryFile.Inode]
    private let segments: [UInt64: SysVSegment]
    private var mappings: [UInt64: [SharedMemoryObject.Mapping]] = [:]
    private var isSysV: Set<UInt64> = []
    private var files: [UInt64: [FileReference]] = [:]

    init(_ checkpoint: Checkpoint) {
        table = checkpoint.sharedMemoryTable
        segments = table.segments
        let inodes = MemoryFile.Inode.load(checkpoint.library).values
        memfds = Dictionary(
            inodes.sorted { $0.inodeOrder < $1.inodeOrder }.map { (UInt64($0.sharedMemoryID), $0) },
            uniquingKeysWith: { first, _ in first })
        for file in checkpoint.files {
            guard case .memfd(let memory) = file.detail, let inode = memory.inode.value else { continue }
            files[UInt64(inode.sharedMemoryID), default: []].append(file.reference)
        }
        for process in checkpoint.processes.value ?? [] {
            for segment in checkpoint.memory(of: process).value?.segments ?? [] { add(segment, process.pid) }
        }
    }

    private mutating func add(_ segment: MemorySegment, _ pid: Int) {
        guard let id = segment.sharedMemory?.objectID else { return }
        if segment.status.contains(.sysvIPC) { isSysV.insert(id) }
        mappings[id, default: []].append(
            .init(pid: pid, addresses: segment.addresses, offset: segment.offset, isShared: segment.isShared))
    }

    /// The objects by number.
    func objects() -> [SharedMemoryObject] {
        Set(memfds.keys).union(segments.keys).union(mappings.keys).sorted().map(object)
    }

    private func object(_ id: UInt64) -> SharedMemoryObject {
        let (memfd, segment) = (memfds[id], segments[id])
        let areas = mappings[id] ?? []
        let pages: Known<SharedPages> =
            segment?.content == nil ? table.pages(of: id) : .missing(Absence(.notApplicable, "it has no page map"))
        let size = size(memfd, segment, areas, pages)
        let kind: SharedMemoryObject.Kind =
            segment != nil || isSysV.contains(id) ? .sysv : memfd?.isAnonymousMapping == false ? .memfd : .anonymous
        return SharedMemoryObject(
            id: id, kind: kind, name: name(kind, memfd, segment), size: size, pageSize: pages.map(\.pageSize),
            pages: pages.flatMap { pages in size.map { pages.counts(size: $0) } },
            content: segment?.content.map { .value($0) }
                ?? pages.flatMap { pages in size.map { pages.reader.content(size: $0) } },
            mappings: areas, files: files[id] ?? [], key: segment?.key,
            origin: memfd?.origin ?? segment?.origin ?? Origin("pagemap-shmem-\(id).img"))
    }

    /// Anonymous memory has no size in images of old versions: it is at least as large as what is mapped or written.
    private func size(
        _ memfd: MemoryFile.Inode?, _ segment: SysVSegment?, _ areas: [SharedMemoryObject.Mapping],
        _ pages: Known<SharedPages>
    ) -> Known<UInt64> {
        if let size = memfd?.size ?? segment?.size { return .value(size) }
        let ends = areas.map { $0.offset.addingCapped($0.addresses.upperBound - $0.addresses.lowerBound) }
        return .recorded(
            (ends + [pages.value?.end].compactMap { $0 }).max(), "neither an image nor an area tells the size")
    }

    private func name(
        _ kind: SharedMemoryObject.Kind, _ memfd: MemoryFile.Inode?, _ segment: SysVSegment?
    ) -> ByteText {
        if let name = memfd?.targetName ?? segment?.mapName { return name }
        return kind == .sysv ? "/SYSV???????? (deleted)" : "/dev/zero (deleted)"
    }
}

extension MemoryFile.Inode {
    /// The place in memfd.img.
    fileprivate var inodeOrder: Int { origin.entry ?? 0 }
}

extension Checkpoint {
    /// The shared memory of all processes, by number. Read once.
    ///
    /// - Complexity: Reads the memory areas of all processes.
    public var sharedMemory: [SharedMemoryObject] { sharedObjects.list }

    /// A shared memory object; nil if there is none of the number. Constant time after the first.
    public func sharedMemory(_ id: UInt64) -> SharedMemoryObject? {
        sharedObjects.places[id].map { sharedObjects.list[$0] }
    }

    private var sharedObjects: SharedObjects {
        memo.value {
            let list = SharedMemoryCollector(self).objects()
            let places = list.enumerated().map { ($0.element.id, $0.offset) }
            return SharedObjects(list: list, places: Dictionary(places, uniquingKeysWith: { first, _ in first }))
        }
    }
}

/// The type under which the memo keeps the shared memory.
private struct SharedObjects: Sendable {
    let list: [SharedMemoryObject]
    let places: [UInt64: Int]
}
