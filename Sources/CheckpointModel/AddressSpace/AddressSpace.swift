internal import CRIUImages
internal import EvidenceText

/// The memory of a process by address: its areas, and behind them its own pages, the objects that it shares, and the files
/// that it maps, through the stack of snapshots.
///
/// Of a process of a pre-dump, or of one that was not dumped to its end, there can be pages but no areas: then the areas are
/// empty, and what the page map lists is all that there is.
public struct AddressSpace: Sendable {
    /// The areas, by ascending address.
    public let segments: [MemorySegment]
    /// Of a process whose areas are not known, the addresses of its pages: ascending, and none begins where another ends; nil
    /// if the areas are known.
    public let listedPages: [Range<UInt64>]?
    /// The size of a page in bytes.
    public let pageSize: UInt64
    /// Which area is seen where, by ascending address and without overlaps: an area that others lie in comes in parts.
    public let visibleAreas: [SegmentSpan]
    /// Where the heap that `brk` moves begins.
    public let heapStart: UInt64
    /// The pages of the process's own.
    let pages: PageReader
    /// The shared memory that areas map, by its number.
    private let objects: [UInt64: SharedObject]
    /// Reads the pages of mapped files that the images do not have; nil if there is nothing to read them from.
    private let files: (any MappedFiles)?

    /// Shared memory that areas map.
    struct SharedObject: Sendable {
        let id: UInt64
        let name: ByteText
        let pages: Pages

        /// Where its pages are.
        enum Pages: Sendable {
            case mapped(PageReader)
            /// In the image that describes it.
            case inline(Content, CheckpointModel.Origin)
            case missing(Absence)
        }
    }

    init(_ memory: ProcessMemory, objects: [UInt64: SharedObject], files: (any MappedFiles)?) {
        segments = memory.segments
        visibleAreas = SegmentSpan.spans(of: memory.segments)
        pageSize = memory.pageSize
        heapStart = memory.bounds.heap.start
        pages = memory.reader
        self.objects = objects
        self.files = files
        listedPages = nil
    }

    /// The pages of a process whose areas are not known.
    init(_ space: PageSpace) {
        (segments, visibleAreas, heapStart, objects, files) = ([], [], 0, [:], nil)
        (pageSize, pages, listedPages) = (space.pageSize, space.pages, space.listed)
    }

    /// The area that has an address; nil if none has. Logarithmic in the number of areas.
    ///
    /// Areas can lie in others: CRIU lists a guard region so, and a hostile image anything. The one that begins last is
    /// the one that is seen.
    public func segment(at address: UInt64) -> MemorySegment? {
        let span = visibleAreas.partitioningIndex { $0.addresses.upperBound > address }
        guard span < visibleAreas.count, visibleAreas[span].addresses.contains(address) else { return nil }
        return segments[visibleAreas[span].segment]
    }

    /// The stretch that begins at an address.
    ///
    /// - Parameters:
    ///   - address: The first address.
    ///   - end: Where the stretch ends at the latest.
    /// - Precondition: `end` is above `address`.
    /// - Complexity: Logarithmic in the number of areas and page runs, for each snapshot that it takes.
    public func stretch(at address: UInt64, before end: UInt64) -> MemoryStretch {
        if listedPages != nil { return page(at: address, before: end) }
        let place = visibleAreas.partitioningIndex { $0.addresses.upperBound > address }
        guard place < visibleAreas.count, visibleAreas[place].addresses.contains(address) else {
            let limit = place < visibleAreas.count ? min(end, visibleAreas[place].addresses.lowerBound) : end
            return MemoryStretch(addresses: address..<limit, origin: .absent(.unmapped), bytes: nil)
        }
        let own = pages.stretch(at: address, before: min(end, visibleAreas[place].addresses.upperBound))
        if case .unlisted = own.place { return behind(segments[visibleAreas[place].segment], address..<own.end) }
        return own.stretch(address..<own.end) { .image(snapshot: $0, name: $1, offset: $2) }
    }

    /// The stretch that begins at an address, where only pages are known.
    private func page(at address: UInt64, before end: UInt64) -> MemoryStretch {
        let own = pages.stretch(at: address, before: end)
        if case .unlisted = own.place {
            let reason = MemoryStretch.Reason.lost("the page map does not list it, and the areas are not known")
            return MemoryStretch(addresses: address..<own.end, origin: .absent(reason), bytes: nil)
        }
        return own.stretch(address..<own.end) { .image(snapshot: $0, name: $1, offset: $2) }
    }

    /// What an area shows where the process has no page of its own.
    private func behind(_ segment: MemorySegment, _ addresses: Range<UInt64>) -> MemoryStretch {
        let offset = segment.offset.addingCapped(addresses.lowerBound - segment.addresses.lowerBound)
        if let id = segment.sharedMemory?.objectID, let object = objects[id] {
            return object.stretch(addresses, at: offset)
        }
        if segment.status.mapsFile { return mapped(segment, addresses, offset) }
        let status = segment.status
        let isKernels = !status.isDisjoint(with: [.vvar, .vsyscall, .aioRing, .socket, .uprobes])
        let reason: MemoryStretch.Reason =
            status.contains(.guardRegion) ? .guardRegion : isKernels ? .notDumped : .untouched
        return MemoryStretch(addresses: addresses, origin: .absent(reason), bytes: nil)
    }

    private func mapped(_ segment: MemorySegment, _ addresses: Range<UInt64>, _ offset: UInt64) -> MemoryStretch {
        let name = segment.file.value?.target.value ?? segment.name
        let absent = MemoryStretch(
            addresses: addresses, origin: .absent(.cleanFilePage(name, offset: offset)), bytes: nil)
        guard let files, let file = segment.file.value else { return absent }
        return files.stretch(of: file, at: offset, addresses) ?? absent
    }

    /// Calls a function with each stretch of a range of addresses, in order.
    ///
    /// - Parameters:
    ///   - range: The addresses.
    ///   - body: Gets a stretch. What is unmapped between areas is one too.
    public func forEachStretch<Failure: Error>(
        in range: Range<UInt64>, _ body: (MemoryStretch) throws(Failure) -> Void
    ) throws(Failure) {
        var address = range.lowerBound
        while address < range.upperBound {
            let stretch = stretch(at: address, before: range.upperBound)
            try body(stretch)
            address = stretch.addresses.upperBound
        }
    }

    /// The bytes of a range of addresses.
    ///
    /// - Parameter range: At most 64 MiB.
    /// - Returns: The bytes, with zeros for untouched memory; or why the first byte that is absent is.
    public func bytes(in range: Range<UInt64>) -> Known<[UInt8]> {
        let count = range.upperBound - range.lowerBound
        guard count <= PageReader.limit else {
            return .missing(Absence(.unsupported, "a range of \(count) bytes is not read at once"))
        }
        var result: [UInt8] = []
        var address = range.lowerBound
        while address < range.upperBound {
            let stretch = stretch(at: address, before: range.upperBound)
            if let bytes = stretch.bytes {
                result += bytes.copy(0..<bytes.count)
            } else if case .absent(.untouched) = stretch.origin {
                result += Array(repeating: 0, count: Int(stretch.byteCount))
            } else if case .absent(let reason) = stretch.origin {
                return .missing(reason.absence(at: address))
            }
            address = stretch.addresses.upperBound
        }
        return .value(result)
    }
}

/// Where the pages of mapped files are read from, if the images do not have them.
protocol MappedFiles: Sendable {
    /// The bytes of a file behind a range of addresses, as far as one stretch goes; nil if they cannot be had.
    func stretch(of file: OpenFile, at offset: UInt64, _ addresses: Range<UInt64>) -> MemoryStretch?
}

extension PageStretch {
    /// What stands at its place as a stretch of an address space.
    ///
    /// - Parameter origin: Names a place in a pages image, by the snapshot, the image and the offset.
    func stretch(
        _ addresses: Range<UInt64>, _ origin: (Int, String, UInt64) -> MemoryStretch.Origin
    ) -> MemoryStretch {
        switch place {
        case .image(let level, let name, let offset, let bytes):
            return MemoryStretch(
                addresses: addresses, origin: origin(level, name, offset), bytes: .init(bytes: bytes), isHole: isHole)
        case .unlisted: return .untouched(addresses)
        case .missing(let absence):
            let reason: MemoryStretch.Reason = absence.reason == .pagesLazy ? .lazy : .lost(absence.detail)
            return MemoryStretch(addresses: addresses, origin: .absent(reason), bytes: nil)
        }
    }
}

extension MemoryStretch.Reason {
    /// The reason as that of a missing value.
    ///
    /// - Parameter address: The address of the byte that is absent.
    public func absence(at address: UInt64) -> Absence {
        let place = "at \(hexadecimal(address))"
        switch self {
        case .unmapped: return Absence(.notApplicable, "nothing is mapped \(place)")
        case .cleanFilePage(let name, let offset):
            let detail = "the page \(place) is an unchanged page of \(name.forTerminal), offset \(hexadecimal(offset))"
            return Absence(.pagesAbsent, detail)
        case .untouched: return Absence(.pagesAbsent, "the page \(place) was never touched")
        case .notDumped: return Absence(.pagesAbsent, "CRIU does not dump the page \(place)")
        case .guardRegion: return Absence(.notApplicable, "a guard region is \(place)")
        case .lazy: return Absence(.pagesLazy, "the page \(place) was left behind, to be fetched later")
        case .lost(let detail): return Absence(.damaged, "the page \(place): \(detail)")
        }
    }
}
