import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Forms {
    /// A string of memory.
    static let foundString = Form<FoundString>.object(
        "string", "A string in memory.",
        [
            .must("where", .enumerated(MemoryPlace.words), "In what it is.") { $0.place.word },
            .optional("pid", .integer, "The process.") { $0.place.pid },
            .optional("object", .integer, "The number of shared memory.") { $0.place.sharedMemory?.id },
            .optional("name", .text, "The name of what is no process.") { $0.place.name },
            .optional("address", .hexadecimal, "The address of the first byte.") { string in
                string.place.pid == nil ? nil : string.addresses.lowerBound
            },
            .optional("offset", .hexadecimal, "The offset in what is no process.") { string in
                string.place.pid == nil ? string.addresses.lowerBound : nil
            },
            .optional("image", .text, "The image of a file or queue.") { string in
                string.place.content.map { ByteText($0.origin.image) }
            },
            .must("length", .count, "How many bytes it takes in memory.") {
                $0.addresses.upperBound - $0.addresses.lowerBound
            },
            .must("text", .text, "The string; of a very long one the beginning.") { $0.text },
        ])

    /// What was taken out of memory.
    static let extraction = Form<ExtractionReport>.object(
        "extraction", "What was taken out of the memory of a process into a file.",
        [
            .must("pid", .integer, "The process.") { $0.pid },
            .must("file", .text, "The file.") { $0.file },
            .must("size", .count, "Its size, with holes.") { $0.size },
            .must("parts", .list(extractedPart), "The parts, by ascending address.") { $0.parts },
        ])

    private static let extractedPart = Form<MemoryExtraction.Part>.object(
        "extracted_part", "A part of a memory area in the file.",
        [
            .must("offset", .hexadecimal, "The offset in the file.") { $0.offset },
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .must("permissions", .string, "Access rights and kind of mapping.") { $0.segment.permissions },
            .must("name", .text, "The name of the area.") { $0.segment.name },
            .must("present", .count, "How many bytes were written.") { $0.present },
            .must("absent", .list(hole), "What is a hole in the file, by the reason.") {
                $0.absent.map { Hole(reason: $0.reason, count: $0.count) }
            },
        ])

    private static let hole = Form<Hole>.object(
        "hole", "Bytes that are absent for one reason.",
        [
            .must("bytes", .count, "How many.") { $0.count },
            .must("reason", .string, "Why, for a person.") { $0.reason.text },
        ])
}

private struct Hole: Sendable {
    let reason: MemoryStretch.Reason
    let count: UInt64
}
