import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Form where Value == Fact {
    /// A value of a checkpoint, in the form in which exports have it; null if there is none, or if it is missing.
    static var fact: Form { Form(.any, { json, fact in json.write(fact) }, fact: nil) }
}

extension JSONWriter {
    /// Writes a value.
    fileprivate mutating func write(_ fact: Fact) {
        switch fact {
        case .none, .missing: null()
        case .flag(let flag): value(flag)
        case .number(let number): write(number)
        case .real(let number): value(number)
        case .word(let word): value(word)
        case .text(let text): value(text)
        case .content(let content): Forms.content.write(&self, content)
        case .process(let id): integer(id)
        case .list(let list): elements(list.elements) { json, element in json.write(element) }
        case .record(let record):
            object { json in
                for member in record.members where !member.value.isNone && member.traits.key != "anchor" {
                    json.key(text: member.traits.key)
                    json.write(member.value)
                }
            }
        }
    }

    private mutating func write(_ number: FactNumber) {
        switch number.notation {
        case .hexadecimal: hexadecimal(number.magnitude)
        case .octal: value(octalText(number.magnitude, width: 4))
        case .decimal where number.isNegative: integer(0 &- Int64(truncatingIfNeeded: number.magnitude))
        case .decimal: integer(number.magnitude)
        }
    }
}

extension Fact {
    fileprivate var isNone: Bool {
        if case .none = self { return true }
        return false
    }
}

extension Forms {
    /// What differs between two checkpoints.
    static let difference = Form<DifferenceDocument>.object(
        "difference", "What differs between two checkpoints or images.",
        [
            .must("format", .enumerated(["cryoscope-difference"]), "What the document is.") { _ in
                "cryoscope-difference"
            },
            .must("version", .integer, "The version of the form.") { _ in DifferenceDocument.version },
            .must("tool", tool, "What wrote the document.") { $0.tool },
            .must("before", comparedSide, "The first checkpoint or image.") { $0.comparison.sides.before },
            .must("after", comparedSide, "The second checkpoint or image.") { $0.comparison.sides.after },
            .must("topics", .strings, "What was compared.") { document in
                DifferenceTopic.allCases.filter(document.comparison.topics.contains).map(\.rawValue)
            },
            .must("different", .flag, "Whether anything differs; what one side lacks is no difference.") {
                $0.comparison.isDifferent
            },
            .optional(
                "inodes_kept", .flag,
                "Of checkpoints: whether the inode numbers of pipes and sockets mean the same on both sides."
            ) {
                $0.comparison.areInodesKept
            },
            .optional(
                "first_difference", .hexadecimal,
                "Of images that are not made of entries: the offset of the first byte that differs."
            ) {
                $0.comparison.firstDifference
            },
            .each(
                "changes", change,
                "The differences: of the checkpoint, of each process in the tree's order, of the rest."
            ) {
                document, body in
                document.comparison.forEach(body)
            },
            .records("problems", sidedProblem, "What could not be read, or is not as it should be.") { document in
                document.comparison.problems
            },
        ])

    private static let comparedSide = Form<ComparedSide>.object(
        "compared_side", "A checkpoint or an image that was compared.",
        [
            .must("path", .text, "The checkpoint or image, as the user named it.") { $0.name },
            .optionalKnown(
                "files_written_at", .time,
                "Of a checkpoint: when the images were written, by the time of the inventory file."
            ) {
                $0.checkpoint.map { $0.inventory.flatMap(\.writtenAt) }
            },
            .optionalKnown("process_count", .integer, "Of a checkpoint: how many processes were dumped.") {
                $0.checkpoint.map { $0.processes.map(\.count) }
            },
            .optional("image_kind", .string, "Of an image: its kind, as CRIU calls it.") { $0.image?.kind },
            .optional("image_size", .count, "Of an image: its size in bytes.") { $0.image?.byteCount },
        ])

    private static let sidedProblem = Form<(side: FactChange.Side, problem: Problem)>.object(
        "sided_problem", "Something that could not be read, or is not as it should be.",
        [
            .must("side", .enumerated(["before", "after"]), "Which of the two.") { $0.side.rawValue },
            .must("problem", problem, "What is wrong.") { $0.problem },
        ])

    static let change = Form<Difference>.object(
        "change", "A difference.",
        changeSubject + [
            .must("path", .strings, "Where in it the difference is, as keys of the export, and keys of elements.") {
                $0.change.path.map(\.plainText)
            },
            .optional("before", .fact, "The value before, as the export has it; left out if there was none.") {
                $0.values.before
            },
            .optional("after", .fact, "The value after; left out if there is none.") { $0.values.after },
            .optional("before_names", .fact, "The value before in words.") { $0.change.words.before },
            .optional("after_names", .fact, "The value after in words.") { $0.change.words.after },
            .optional("unknown_side", .enumerated(["before", "after"]), "Which side does not know the value.") {
                $0.change.kind.unknown?.side.rawValue
            },
            .optional("unknown_because", .string, "Why it does not, as a stable word.") {
                $0.change.kind.unknown?.absence.reason.rawValue
            },
            .optional("unknown_detail", .text, "Why it does not, in words.") {
                ($0.change.kind.unknown?.absence.detail).map { ByteText($0) }
            },
            .optional("cause", .enumerated(Difference.Cause.allCases.map(\.rawValue)), "What CRIU itself did.") {
                $0.cause?.rawValue
            },
            .streamed("bytes", byteDifference, "Of pages, with --bytes: the bytes that differ.") { difference in
                difference.subject.pages.flatMap(\.differences)
            }.part(.bytes),
        ])

    private static let byteDifference = Form<ByteDifference>.object(
        "byte_difference", "Bytes that differ, within a page, and those between them if they are few.",
        [
            .must("address", .hexadecimal, "The address of the first byte after.") { $0.afterAddress },
            .optional("address_before", .hexadecimal, "The address of the first byte before, if it was another.") {
                $0.beforeAddress == $0.afterAddress ? nil : $0.beforeAddress
            },
            .optional("before", .bytes, "The bytes before; left out if they are not there.") { $0.before },
            .optional("after", .bytes, "The bytes after; left out if they are not there.") { $0.after },
        ])

    private static let changeSubject: [Field<Difference>] =
        [
            .must("topic", .enumerated(DifferenceTopic.allCases.map(\.rawValue)), "What it is about.") {
                $0.topic.rawValue
            },
            .must("kind", .enumerated(FactChange.Kind.words), "What happened.") { $0.change.kind.word },
            .must("subject", .enumerated(DifferenceSubject.words), "What has the difference.") { $0.subject.word },
            .optional("pid", .integer, "The process; of one that both sides have, the id after.") {
                ($0.subject.process?.after ?? $0.subject.process?.before)?.pid
            },
            .optional("pid_before", .integer, "The id before, if it was another.") { $0.subject.process?.otherID },
            .optional("pid_reused", .flag, "The other side has another process with the id.") {
                $0.subject.process?.isIDReused == true ? true : nil
            },
            .optional(
                "pages_pid", .integer, "Of a pre-dump, which has no processes: the process that the pages are of."
            ) {
                $0.subject.memoryOwner.flatMap { $0.process == nil ? $0.pair.after : nil }
            },
            .optional("tid", .integer, "The thread.") { $0.subject.threadID },
            .optional("fd", .integer, "The descriptor, or the first that leads to the file.") { $0.subject.number },
            .optional("file", .text, "The file, or the addresses of the socket.") { $0.subject.file?.label },
            .optional("descriptor_count", .integer, "How many descriptors lead to the file.") {
                ($0.subject.file?.otherCount).map { $0 + 1 }
            },
        ] + changedMemory + changedEntry

    private static let changedMemory: [Field<Difference>] = [
        .optional("start", .hexadecimal, "The first address, or offset in what is shared; of what is gone, before.") {
            $0.subject.addresses?.lowerBound
        },
        .optional("end", .hexadecimal, "The address behind the last.") { $0.subject.addresses?.upperBound },
        .optional("start_before", .hexadecimal, "The first address before, if it was another.") {
            $0.subject.otherStart
        },
        .optional("page_count", .count, "How many pages differ.") { $0.subject.pages.map(\.count) },
        .optional(
            "hole_side", .enumerated(["before", "after", "both"]),
            "Which side has its bytes in a hole of the pages image, so that the pages may be the same: \(holeText)."
        ) {
            $0.subject.pages?.change.holes?.word
        },
        .optional("vma", .text, "The name of the area, as in /proc/PID/maps.") { $0.subject.area?.name },
        .optional("permissions", .string, "The access rights of the area.") { $0.subject.area?.permissions },
        .optional("area_differences", .strings, "What differs of an area.") { $0.subject.areaDifferences },
        .optional("shared", .text, "The memory that is shared, or the deleted file, by name.") {
            $0.subject.sharedName
        },
    ]
}

extension Forms {
    fileprivate static let changedEntry: [Field<Difference>] = [
        .optional("entry", .integer, "The entry's place in the image, counted from 0; of one that is gone, before.") {
            ($0.subject.image?.after ?? $0.subject.image?.before)?.index
        },
        .optional("entry_before", .integer, "The entry's place before, if it was another.") {
            $0.subject.image.flatMap { $0.other(\.index) }
        },
        .optional("entry_offset", .count, "Where the entry begins in the image, as its place.") {
            ($0.subject.image?.after ?? $0.subject.image?.before).map { UInt64($0.offset) }
        },
        .optional("entry_offset_before", .count, "Where the entry began before, if that was elsewhere.") {
            $0.subject.image.flatMap { $0.other(\.offset) }.map { UInt64($0) }
        },
        .optional("entry_key", .string, "The field that tells the entry from others, if there is one.") {
            $0.subject.image?.label?.name
        },
        .optional("entry_key_value", .fact, "Its value.") { $0.subject.image?.label?.value },
    ]
}

extension ImageSubject {
    fileprivate func other(_ part: (ImageEntryDifference.Place) -> Int) -> Int? {
        guard let before = before.map(part), let after = after.map(part), before != after else { return nil }
        return before
    }
}

extension DifferenceSubject {
    fileprivate var image: ImageSubject? {
        guard case .image(let image) = self else { return nil }
        return image
    }
}

extension FactChange.Kind {
    fileprivate var unknown: (side: FactChange.Side, absence: Absence)? {
        guard case .unknown(let side, let absence) = self else { return nil }
        return (side, absence)
    }
}

extension ProcessPair {
    fileprivate var otherID: Int? {
        guard let before, let after, before.pid != after.pid else { return nil }
        return before.pid
    }
}

extension DifferenceSubject {
    fileprivate static let words = [
        "checkpoint", "process", "thread", "descriptor", "file", "socket", "area", "pages", "shared-object", "memory",
        "image",
    ]

    fileprivate var word: String {
        switch self {
        case .checkpoint: "checkpoint"
        case .process: "process"
        case .thread: "thread"
        case .descriptor: "descriptor"
        case .file(let file): file.isSocket ? "socket" : "file"
        case .area: "area"
        case .pages: "pages"
        case .sharedObject: "shared-object"
        case .memory: "memory"
        case .image: "image"
        }
    }

    fileprivate var threadID: Int? {
        guard case .thread(_, let before, let after) = self else { return nil }
        return after ?? before
    }

    fileprivate var number: UInt32? {
        switch self {
        case .descriptor(_, let number): number
        case .file(let file): file.number
        default: nil
        }
    }

    fileprivate var file: FileSubject? {
        guard case .file(let file) = self else { return nil }
        return file
    }
}

extension FactStep {
    /// The step as a key of the export, or as the key of an element.
    fileprivate var plainText: String {
        switch self {
        case .member(let name): name
        case .key(let fact, _): FactText.text(fact)
        case .place(let before, let after): placeText(before, after)
        }
    }
}
