import CheckpointModel
import EvidenceText

extension Forms {
    /// The description of a dump.
    static let inventory = Form<Inventory>.object(
        "inventory", "The description of a dump.",
        [
            .must("image_version", .integer, "The version of the image format: 1 without lead words, 2 with them.") {
                $0.imageVersion
            },
            .known("architecture", .string, "The machine of the first process.") { inventory in
                inventory.architecture.map { $0.name ?? "machine \($0.rawValue)" }
            },
            .known("criu_version", .text, "The version of CRIU, from the log of the dump.") { inventory in
                inventory.criuVersion.map { ByteText($0) }
            },
            .known("files_written_at", .time, "When the images were written, by the time of the inventory file.") {
                $0.writtenAt
            },
            .known("frozen_microseconds", .integer, "How long the processes stood still.") { $0.frozenMicroseconds },
        ])
}
