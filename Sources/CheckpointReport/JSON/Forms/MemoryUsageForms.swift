import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Forms {
    /// Where the pages of processes are.
    static let memoryMaps = Form<[MemoryMapReport]>.object(
        "memory_map", "Where the pages of processes are.",
        [.must("processes", .list(memoryMap), "The processes.") { $0 }])

    private static let memoryMap = Form<MemoryMapReport>.object(
        "process_memory", "The memory of a process.",
        [
            .must("pid", .integer, "The process id.") { $0.process.pid },
            .known("page_size", .count, "The size of a page in bytes.") { $0.pageSize },
            .known("vmas", .list(segmentUsage), "The memory areas, by ascending address.") { $0.segments },
        ])

    private static let segmentUsage = Form<SegmentUsage>.object(
        "vma_pages", "A memory area and where its pages are.",
        [
            .must("start", .hexadecimal, "The first address.") { $0.segment.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.segment.addresses.upperBound },
            .must("permissions", .string, "Access rights and kind of mapping, as in /proc/PID/maps.") {
                $0.segment.permissions
            },
            .must("name", .text, "The name, as in /proc/PID/maps.") { $0.segment.name },
            .must("pages", pageUsage, "How many pages are where.") { $0.pages },
            .optional("loss", .text, "Why pages are lost that images should have.") { $0.loss.map { ByteText($0) } },
        ])

    private static let pageUsage = Form<PageUsage>.object(
        "page_usage", "How many pages are where.",
        [
            .must("present", .count, "In this dump.") { $0.present },
            .must("parent", .count, "In parent snapshots.") { $0.parent },
            .must("shared", .count, "In the images of an object that processes can share.") { $0.shared },
            .must("file", .count, "In a file, deleted or not.") { $0.file },
            .must("zero", .count, "Of all those, the ones that hold only zeros.") { $0.zero },
            .must("in_holes", .count, "Of those that are there, the ones in holes of pages images: \(holeText).") {
                $0.inHoles
            },
            .must("lazy", .count, "Left behind when dumping, to be fetched later.") { $0.lazy },
            .must("absent", .count, "Absent for the reasons that follow.") { $0.absent },
            .must("clean_file", .count, "Absent: unchanged pages of files.") { $0.cleanFile },
            .must("untouched", .count, "Absent: never written, read as zeros.") { $0.untouched },
            .must("not_dumped", .count, "Absent: of a device or of the kernel.") { $0.notDumped },
            .must("guard", .count, "Absent: guard regions.") { $0.guardRegion },
            .must("lost", .count, "Absent, though images should have them.") { $0.lost },
        ])
}
