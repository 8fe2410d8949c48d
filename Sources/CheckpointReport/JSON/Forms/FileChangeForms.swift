import CheckpointModel
import EvidenceText

extension Forms {
    /// What a container changed in its root file system.
    static let fileSystemChanges = Form<FileSystemChanges>.object(
        "file_system_changes", "What a container changed in its root file system.",
        [
            .must("changes", .list(fileChange), "The changes, by path.") { $0.changes },
            .known("written_files", .integer, "How many paths were added or changed.") { changes in
                changes.count(of: .written, changes.writtenAbsence)
            },
            .known("deleted_files", .integer, "How many paths were deleted.") { changes in
                changes.count(of: .deleted, changes.deletedAbsence)
            },
        ])

    private static let fileChange = Form<FileChange>.object(
        "file_change", "A path that a container changed in the root file system of its image.",
        [
            .must("path", .text, "The path in the container.") { $0.path },
            .must("change", .enumerated(FileChange.Kind.allCases.map(\.rawValue)), "What became of it.") {
                $0.kind.rawValue
            },
            .optional("file", archivedFile, "The file as the checkpoint holds it.") { $0.file },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "path")

    /// A file in an archive inside the checkpoint.
    static let archivedFile = Form<ArchiveMember>.object(
        "archived_file", "A file in an archive inside the checkpoint.", archivedFileFields
    ).matched(by: "name")

    /// What there is to say of a file in an archive.
    static let archivedFileFields: [Field<ArchiveMember>] = [
        .must("name", .text, "Its name in the archive.") { $0.name },
        .must("type", .enumerated(ArchiveMember.Kind.allCases.map(\.rawValue)), "What it is.") {
            $0.type.rawValue
        },
        .must("mode", .octal, "The permission bits.") { $0.mode },
        .must("uid", .integer, "The owner's user id.") { $0.userID },
        .must("gid", .integer, "The owner's group id.") { $0.groupID },
        .optional("modified_at", .time, "When it was changed.") { $0.modificationTime },
        .optional("link_target", .text, "Where a link leads.") { $0.linkTarget },
        .optional("device", .string, "The device that a device node stands for.") { member in
            member.device.map { "\($0.major):\($0.minor)" }
        },
        .optionalKnown("content", .content, "The bytes of a regular file.") { $0.type == .file ? $0.content : nil },
    ]

    /// A named volume.
    static let containerVolume = Form<ContainerVolume>.object(
        "container_volume", "A named volume of a container.",
        [
            .must("name", .text, "Its name.") { $0.name },
            .known("files", .list(archivedFile), "What was in it, by path.") { $0.files },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "name")
}

extension FileSystemChanges {
    fileprivate func count(of kind: FileChange.Kind, _ absence: Absence?) -> Known<Int> {
        let count = changes.filter { $0.kind == kind }.count
        if let absence, count == 0 { return .missing(absence) }
        return .value(count)
    }
}
