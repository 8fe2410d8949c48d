internal import CRIUImages
internal import EvidenceText

/// Builds the memory of processes from their mm and pagemap images.
struct MemoryLoader {
    private let library: ImageLibrary
    private let files: FileTable
    private let sharedMemory: SharedMemoryTable
    private let names: SegmentNames

    init(_ library: ImageLibrary, _ files: FileTable, sharedMemory: SharedMemoryTable) {
        self.library = library
        self.files = files
        self.sharedMemory = sharedMemory
        self.names = SegmentNames(files: files, sharedMemory: sharedMemory)
    }

    /// The memory of a process.
    func memory(of pid: Int) -> Known<ProcessMemory> {
        library.needed("mm-\(pid).img", MmEntry.self).map { memory($0, pid) }
    }

    private func memory(_ entry: MmEntry, _ pid: Int) -> ProcessMemory {
        let knownSize = MemoryLoader.pageSize(entry)
        let map = PageMapParser(library, "pagemap-\(pid).img", knownPageSize: knownSize).parse()
        let pageSize = map.value?.pageSize ?? knownSize ?? 4096
        return ProcessMemory(
            segments: segments(entry, pid, map.value?.runs ?? [], pageSize), pageRuns: map.map(\.runs),
            pageSize: pageSize, executableID: entry.exeFileId,
            argumentAddresses: range(entry.mmArgStart, entry.mmArgEnd),
            environmentAddresses: range(entry.mmEnvStart, entry.mmEnvEnd),
            auxiliaryVector: MemoryLoader.auxiliaryVector(entry.mmSavedAuxv), bounds: MemoryBounds(entry),
            asynchronousRings: entry.aios.map { AsynchronousRing($0) },
            hasHugePagesDisabled: entry.thpDisabled, origin: Origin("mm-\(pid).img", entry: 0),
            reader: PageReader(map, name: "pagemap-\(pid).img", pageSize, library))
    }

    /// The page size that the process was told (`AT_PAGESZ`); nil if it cannot be.
    static func pageSize(_ entry: MmEntry) -> UInt64? {
        let told = auxiliaryVector(entry.mmSavedAuxv).first { $0.key == 6 }?.value
        return told.flatMap { $0.nonzeroBitCount == 1 && (4096...65536).contains($0) ? $0 : nil }
    }

    private static func auxiliaryVector(_ recorded: [UInt64]) -> [ProcessMemory.AuxiliaryEntry] {
        let words = unpacked(recorded)
        var entries: [ProcessMemory.AuxiliaryEntry] = []
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            entries.append(.init(key: words[index], value: words[index + 1]))
            if words[index] == 0 { break }
        }
        return entries
    }

    /// The kernel keeps the vector of a 32-bit program on a 64-bit machine in words of 32 bits, and CRIU takes two for one:
    /// a key, which is a small number, then has its value above it.
    private static func unpacked(_ words: [UInt64]) -> [UInt64] {
        let arePacked = stride(from: 0, to: words.count, by: 2).contains { words[$0] >> 32 != 0 }
        return arePacked ? words.flatMap { [$0 & 0xFFFF_FFFF, $0 >> 32] } : words
    }

    private func range(_ start: UInt64, _ end: UInt64) -> Range<UInt64>? {
        start <= end ? start..<end : nil
    }

    // MARK: Areas

    private func segments(_ entry: MmEntry, _ pid: Int, _ runs: [PageRun], _ pageSize: UInt64) -> [MemorySegment] {
        let areas = entry.vmas.isEmpty ? library.records("vmas-\(pid).img", VmaEntry.self).value ?? [] : entry.vmas
        let counter = PageCounter(runs, pageSize)
        let segments = areas.enumerated().compactMap { index, area -> MemorySegment? in
            guard area.start <= area.end else {
                let detail = "area \(index) ends before it begins"
                library.note(Problem(image: "mm-\(pid).img", entry: 0, offset: nil, code: "bad-vma", detail: detail))
                return nil
            }
            return segment(area, at: index, entry, counter.pages(in: area.start..<area.end))
        }
        return segments.sorted { ($0.addresses.lowerBound, $0.imageIndex) < ($1.addresses.lowerBound, $1.imageIndex) }
    }

    private func segment(_ area: VmaEntry, at index: Int, _ entry: MmEntry, _ pages: PageCounts) -> MemorySegment {
        let status = SegmentStatus(rawValue: area.status)
        let file: Known<OpenFile> =
            status.mapsFile
            ? files.mappedFile(area.shmid) : .missing(Absence(.notApplicable, "the area maps no file"))
        return MemorySegment(
            addresses: area.start..<area.end, protection: .init(rawValue: area.prot), isShared: area.flags & 1 != 0,
            status: status, mapFlags: area.flags, advice: area.madv ?? 0, offset: area.pgoff, objectID: area.shmid,
            name: names.name(of: area, status, file, MemoryBounds(entry)), file: file, pages: pages,
            sharedMemory: sharedMemory.view(of: area, file), fileFlags: area.fdflags, imageIndex: index)
    }
}

extension MemoryBounds {
    init(_ entry: MmEntry) {
        code = (entry.mmStartCode, entry.mmEndCode)
        data = (entry.mmStartData, entry.mmEndData)
        heap = (entry.mmStartBrk, entry.mmBrk)
        stackStart = entry.mmStartStack
    }
}
