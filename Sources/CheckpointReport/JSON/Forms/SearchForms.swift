import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Forms {
    /// A hit of a search.
    static let searchHit = Form<SearchHit>.object(
        "hit", "A place where a pattern stands.",
        [
            .must("where", .enumerated(MemoryPlace.words), "In what it is.") { $0.place.word },
            .optional("pid", .integer, "The process.") { $0.place.pid ?? $0.mappings.first?.pid },
            .optional("address", .hexadecimal, "The address of the first byte.") { hit in
                hit.place.pid == nil ? hit.mappings.first?.address : hit.addresses.lowerBound
            },
            .must("length", .count, "How many bytes.") { $0.addresses.upperBound - $0.addresses.lowerBound },
            .optional("vma", searchedArea, "The memory area.") { $0.segment },
            .optional("object", .integer, "The number of shared memory.") { $0.place.sharedMemory?.id },
            .optional("name", .text, "The name of what is no process.") { $0.place.name },
            .optional("offset", .hexadecimal, "The offset in what is no process.") { hit in
                hit.place.pid == nil ? hit.addresses.lowerBound : nil
            },
            .optional("pids", .list(.integer), "The processes that have what is no process open or mapped.") { hit in
                hit.place.pid == nil ? hit.pids : nil
            },
            .optional("mapped_by", .list(mapping), "The processes that map shared memory or a file.") { hit in
                hit.place.pid == nil ? hit.mappings : nil
            },
            .optional("image", .text, "The image that has it.") { hit in
                (hit.place.content?.origin.image ?? hit.origin?.image).map { ByteText($0) }
            },
            .optional("image_offset", .hexadecimal, "The offset in the image, or in the mapped file.") {
                $0.origin?.offset
            },
            .optional(
                "verified", .flag, "Of bytes of a mapped file: whether it is known to be the one that was mapped."
            ) {
                $0.origin?.isVerified
            },
            .optional("snapshot", .integer, "0 for this dump, 1 for its parent, and so on.") { $0.origin?.snapshot },
            .must("before", .text, "The bytes before.") { ByteText($0.before) },
            .must("match", .text, "The bytes.") { ByteText($0.match) },
            .must("after", .text, "The bytes behind.") { ByteText($0.after) },
        ])

    private static let searchedArea = Form<MemorySegment>.object(
        "hit_vma", "A memory area.",
        [
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .must("permissions", .string, "Access rights and kind of mapping, as in /proc/PID/maps.") {
                $0.permissions
            },
            .must("name", .text, "The name, as in /proc/PID/maps.") { $0.name },
        ])

    private static let mapping = Form<MemoryPlace.Mapping>.object(
        "mapping", "Where a process sees something.",
        [
            .must("pid", .integer, "The process.") { $0.pid },
            .must("address", .hexadecimal, "The address.") { $0.address },
        ])
}

extension MemoryPlace {
    /// The words for all sorts of places.
    static let words = ["memory", "shared-memory"] + RecoverableContent.Kind.allCases.map(\.rawValue)

    /// A word for the sort of place.
    var word: String {
        switch self {
        case .process, .pages: "memory"
        case .sharedMemory: "shared-memory"
        case .content(let place): place.kind.rawValue
        }
    }

    var sharedMemory: SharedMemoryObject? {
        guard case .sharedMemory(let object) = self else { return nil }
        return object
    }

    var content: RecoverableContent? {
        guard case .content(let place) = self else { return nil }
        return place
    }

    /// The name of what is no process.
    var name: ByteText? { sharedMemory?.name ?? content?.name }
}
