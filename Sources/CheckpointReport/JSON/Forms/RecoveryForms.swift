import CheckpointModel
import EvidenceText

extension Forms {
    /// The index of what was recovered.
    static let recoveryIndex = Form<RecoveryIndex>.object(
        "recovery", "What was recovered from a checkpoint.",
        [
            .must("format", .enumerated(["cryoscope-recovery"]), "What the document is.") { _ in "cryoscope-recovery" },
            .must("version", .integer, "The version of the form.") { _ in RecoveryIndex.version },
            .must("tool_version", .string, "The version of the tool.") { $0.toolVersion },
            .must("path", .text, "The checkpoint, as the user named it.") { $0.checkpoint },
            .must("files", .list(recoveredItem), "The files.") { $0.items },
        ])

    private static let recoveredItem = Form<RecoveredItem>.object(
        "recovered_file", "A file with content of the checkpoint.",
        [
            .must("file", .string, "The name of the file.") { $0.fileName },
            .must("kind", .enumerated(RecoverableContent.Kind.allCases.map(\.rawValue)), "What it is.") {
                $0.source.kind.rawValue
            },
            .optional("failure", .string, "Why there is no file.") { $0.failure },
            .optional("name", .text, "What it was called.") { $0.source.name },
            .must("origin", .origin, "Where it was read.") { $0.source.origin },
            .must("size", .count, "The size in bytes.") { $0.source.content.size },
            .known("sha256", .string, "The SHA-256 of the bytes, holes read as zeros.") { $0.source.content.sha256 },
            .must("holes", .count, "How many bytes are holes, which read as zeros.") { $0.source.content.holeCount },
            .must("missing_parts", .list(missingPart), "What is missing; the file reads as zeros there.") {
                $0.missing
            },
            .optional("mode", .octal, "Type and permission bits, as st_mode.") { $0.source.mode },
            .optional("modified_at", duration, "When it was last changed.") { $0.source.modifiedAt },
            .optional("accessed_at", duration, "When it was last read.") { $0.source.accessedAt },
            .must("uses", .list(use), "Who had it open or mapped.") { $0.source.uses },
            .must("messages", .list(recoveredMessage), "The messages of a queue.") { $0.source.messages },
        ])

    private static let missingPart = Form<Content.MissingPart>.object(
        "missing_part", "A stretch that is missing.",
        [
            .must("offset", .count, "Where it begins.") { $0.range.lowerBound },
            .must("size", .count, "How many bytes it has.") { $0.range.upperBound - $0.range.lowerBound },
            .must("reason", .string, "A stable word for the reason.") { $0.absence.reason.rawValue },
            .must("detail", .string, "The reason for a person.") { $0.absence.detail },
        ])

    private static let recoveredMessage = Form<RecoverableContent.Message>.object(
        "recovered_message", "A message of a queue.",
        [
            .must("offset", .count, "Where in the file it begins.") { $0.range.lowerBound },
            .must("size", .count, "How many bytes it has.") { $0.range.upperBound - $0.range.lowerBound },
            .must("files", .list(.integer), "The ids of the files that were sent along.") { $0.files },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])
}
