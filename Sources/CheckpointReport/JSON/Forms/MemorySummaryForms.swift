import CheckpointModel
import EvidenceText

/// A part of a memory area that came, went or changed.
struct AreaSummary: Sendable {
    let addresses: Range<UInt64>
    /// The area; nil if it is not known.
    let segment: MemorySegment?
    let pages: PageCounts
}

/// What is told of memory that came, went or changed.
extension Forms {
    /// A part of a memory area.
    static let areaSummary = Form<AreaSummary>.object(
        "vma_summary", "A part of a memory area.",
        [
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .optional("permissions", .string, "Access rights and kind of mapping, as in /proc/PID/maps.") {
                $0.segment?.permissions
            },
            .optional("name", .text, "The name, as in /proc/PID/maps.") { $0.segment?.name },
            .optional("offset", .hexadecimal, "Where in the file the part begins.") { summary in
                summary.segment.map { $0.offset &+ (summary.addresses.lowerBound &- $0.addresses.lowerBound) }
            },
            .must("pages", .count, "How many pages of the process's own it has, here or in parents.") {
                $0.pages.present &+ $0.pages.parent
            },
        ]
    ).asOne

    /// Memory that processes share.
    static let sharedMemorySummary = Form<SharedMemoryObject>.object(
        "shared_memory_summary", "Memory that several processes can map as one object.",
        [
            .must("kind", .string, "What sort of memory it is.") { $0.kind.rawValue },
            .must("name", .text, "The name, as in /proc/PID/maps.") { $0.name },
            .optional("key", .hexadecimal, "The key of a System V segment.") { $0.key },
            .known("size", .count, "The size in bytes.") { $0.size },
        ]
    ).asOne

    /// A deleted file that is mapped.
    static let ghostSummary = Form<GhostFile>.object(
        "deleted_file_summary", "A deleted file.",
        [
            .known("path", .text, "The last known path.") { $0.path },
            .known("size", .count, "The size in bytes.") { $0.content.map(\.size) },
        ]
    ).asOne
}
