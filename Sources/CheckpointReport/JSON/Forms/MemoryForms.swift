import CheckpointModel
import EvidenceText

/// A memory area together with the memory that it is an area of.
struct SegmentReport: Sendable {
    let segment: MemorySegment
    /// Whether the pages of the area could be counted.
    let pages: Known<PageCounts>

    init(_ segment: MemorySegment, _ memory: ProcessMemory) {
        self.segment = segment
        self.pages = memory.pageRuns.map { _ in segment.pages }
    }
}

/// The memory of a process without its areas.
struct MemorySummary: Sendable {
    let pageSize: UInt64
    let runCount: Known<Int>
    let pages: Known<PageCounts>
}

extension ProcessMemory {
    /// The memory without its areas.
    var summary: MemorySummary {
        MemorySummary(pageSize: pageSize, runCount: pageRuns.map(\.count), pages: pageRuns.map { _ in pages })
    }
}

extension Forms {
    /// The memory of a process.
    static let memory = Form<MemorySummary>.object(
        "memory", "The memory of a process.",
        [
            .must("page_size", .count, "The size of a page in bytes.") { $0.pageSize },
            .known("page_runs", .integer, "How many runs of pages this dump lists.") { $0.runCount },
            .known("pages", pages, "How many pages there are, and where.") { $0.pages },
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
            .must("flags", .hexadecimal, "The flags of mmap.") { $0.segment.mapFlags },
            .known("file", .text, "The file that the area maps.") { $0.segment.file.flatMap(\.target) },
            .must("shared_object", .flag, "Whether its pages are those of an object that others can share.") {
                $0.segment.sharesObject
            },
            .known("pages", pages, "How many pages of the area there are, and where.") { $0.pages },
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
