import CheckpointModel
import EvidenceText

/// A memory area together with the memory that it is an area of.
struct SegmentReport: Sendable {
    let segment: MemorySegment
    /// Whether the pages of the area could be counted.
    let pages: Known<PageCounts>
    let pageSize: UInt64

    init(_ segment: MemorySegment, _ memory: ProcessMemory) {
        self.segment = segment
        self.pages = memory.pageRuns.map { _ in segment.pages }
        pageSize = memory.pageSize
    }

    /// How many pages are not in the images; missing if that is not known.
    var absentCount: Known<UInt64> { pages.map { _ in segment.absentPages.count(pageSize: pageSize) } }
}

/// The memory of a process without its areas.
struct MemorySummary: Sendable {
    let pageSize: UInt64
    let runCount: Known<Int>
    let pages: Known<PageCounts>
    let rings: [AsynchronousRing]
    let hasHugePagesDisabled: Bool?
    let origin: Origin
}

extension ProcessMemory {
    /// The memory without its areas.
    var summary: MemorySummary {
        MemorySummary(
            pageSize: pageSize, runCount: pageRuns.map { $0.count { !$0.isContinuation } },
            pages: pageRuns.map { _ in pages },
            rings: asynchronousRings, hasHugePagesDisabled: hasHugePagesDisabled, origin: origin)
    }
}

extension Forms {
    /// The memory of a process.
    static let memory = Form<MemorySummary>.object(
        "memory", "The memory of a process.",
        [
            .must("page_size", .count, "The size of a page in bytes.") { $0.pageSize },
            .known("page_runs", .integer.aside, "How many runs of pages this dump lists.") { $0.runCount },
            .known("pages", pages.aside, "How many pages there are, and where.") { $0.pages },
            .must("asynchronous_rings", .list(ring), "The rings of asynchronous input and output.") { $0.rings },
            .optional("huge_pages_disabled", .flag, "Whether the process turned off huge pages for itself.") {
                $0.hasHugePagesDisabled
            },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let ring = Form<AsynchronousRing>.object(
        "asynchronous_ring", "A ring of asynchronous input and output.",
        [
            .must("address", .hexadecimal, "Its address, which is also the id of its context.") { $0.address },
            .must("request_count", .integer, "How many requests it was set up for.") { $0.requestCount },
            .must("size", .integer, "The size in bytes.") { $0.byteCount },
        ])

    /// A memory area.
    static let segment = Form<SegmentReport>.object(
        "vma", "A memory area (VMA).",
        [
            .must("start", .hexadecimal, "The first address.") { $0.segment.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.segment.addresses.upperBound },
            .must("permissions", .string, "Access rights and kind of mapping, as in /proc/PID/maps.") {
                $0.segment.permissions
            },
            .must("offset", .hexadecimal, "Where in the file the area begins.") { $0.segment.offset },
            .must("name", .text, "The name, as in /proc/PID/maps.") { $0.segment.name },
            .must("status", .hexadecimal, "What CRIU found the area to be, as bits.") { $0.segment.status.rawValue },
            .must("status_names", .strings, "Their names.") { $0.segment.status.names },
            .must("flags", .hexadecimal, "The flags of mmap.") { $0.segment.mapFlags },
            .must("flag_names", .strings, "Their names.") { $0.segment.mapFlagNames },
            .must("advice", .strings, "The advice given by madvise.") { $0.segment.adviceNames },
            .optional("file_flags", .hexadecimal, "The flags that the mapped file was opened with.") {
                $0.segment.fileFlags
            },
            .optional("file_id", .integer, "The id of the mapped file in the images.") { $0.segment.file.value?.id },
            .known("file", .text, "The file that the area maps.") { $0.segment.file.flatMap(\.target) },
            .must("shared_object", .flag, "Whether its pages are those of an object that others can share.") {
                $0.segment.sharesObject
            },
            .optional("shared_memory", .count, "The number of that object.") { $0.segment.sharedMemory?.objectID },
            .known("shared_pages", pages, "How many pages of that object in the area there are, and where.") {
                $0.segment.sharedMemory?.pages
                    ?? .missing(Absence(.notApplicable, "the area maps no shared memory"))
            },
            .known("pages", pages.aside, "How many pages of the area there are, and where.") { $0.pages },
            .known("absent_pages", .count, "How many pages are not in the images.") { $0.absentCount },
            .must("absent_because", .string, "Why.") { $0.segment.absentPages.reason.rawValue },
        ])

    /// Memory that processes can share.
    static let sharedMemory = Form<SharedMemoryObject>.object(
        "shared_memory", "Memory that several processes can map as one object.",
        [
            .must("id", .count, "Its number.") { $0.id },
            .must("kind", .enumerated(["memfd", "anonymous", "sysv"]), "What sort of memory it is.") {
                $0.kind.rawValue
            },
            .must("name", .text, "The name, as in /proc/PID/maps.") { $0.name },
            .optional("key", .hexadecimal, "The key of a System V segment.") { $0.key },
            .known("size", .count, "The size in bytes.") { $0.size },
            .known("page_size", .count, "The size of a page in bytes.") { $0.pageSize },
            .known("pages", pages.aside, "How many pages there are, and where.") { $0.pages },
            .must("mappings", .list(mapping), "Who maps it.") { $0.mappings },
            .must("files", .list(.integer), "The ids of the open files of a memfd.") { $0.files.map(\.id) },
            .known("content", .content, "The content; what nobody wrote reads as zeros.") { $0.content },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).identified(by: "id")

    private static let mapping = Form<SharedMemoryObject.Mapping>.object(
        "mapping", "An area that maps shared memory.",
        [
            .must("pid", .integer, "The process.") { $0.pid },
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .must("offset", .hexadecimal, "Where in the object the area begins.") { $0.offset },
            .must("shared", .flag, "Whether what the process writes is seen by others.") { $0.isShared },
        ])

    private static let pages = Form<PageCounts>.object(
        "pages", "How many pages there are, and where.",
        [
            .must("present", .count, "In this dump.") { $0.present },
            .must("parent", .count, "In parent snapshots.") { $0.parent },
            .must("lazy", .count, "Left behind when dumping, to be fetched later: nowhere.") { $0.lazy },
            .must("lost", .count, "Listed, but nowhere.") { $0.lost },
        ])
}
