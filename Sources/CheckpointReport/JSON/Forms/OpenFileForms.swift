import CheckpointModel
import EvidenceText

/// An open file with the checkpoint that it is of.
struct FileReport: Sendable {
    let file: OpenFile
    let checkpoint: Checkpoint

    var uses: [FileUse] { checkpoint.uses(of: file.reference) }
    var remap: FileRemap? { checkpoint.remap(of: file) }
    /// The signals that a signalfd accepts; nil for other files.
    var signalSet: SignalSet? {
        guard case .signalfd(let signals) = file.detail else { return nil }
        return SignalSet(signals.mask, SignalNumbering(checkpoint.architecture))
    }
    var flagNames: Known<[String]> { file.flags.map { OpenFlags($0, checkpoint.architecture).flagNames } }
}

extension Forms {
    /// An open file.
    static let file = Form<FileReport>.object(
        "file", "An open or mapped file.",
        [
            .must("id", .integer.aside, "Its id in the images.") { $0.file.id },
            .must("image_type", .string, "The sort of file, as CRIU names it.") { $0.file.type.imageName },
            .must("type", .string, "The sort of file.") { typeText($0.file) },
            .must("uses", .list(use).aside, "What it is open for: its descriptors, or why the images list it.") {
                $0.uses
            },
            .known("target", .fileTarget, "What a descriptor leads to, as in /proc/PID/fd.") { $0.file.target },
            .known("position", .count, "The offset in the file, in bytes.") { $0.file.position },
            .known("flags", .hexadecimal, "The flags of open.") { $0.file.flags },
            .known("flag_names", .strings, "Their names.") { $0.flagNames },
            .known("mode", .octal, "Type and permission bits, as st_mode.") { $0.file.mode },
            .must("deleted", .flag, "Whether it was deleted while open.") { $0.file.isDeleted },
            .optional("remap", remap.aside, "Where a deleted file is.") { $0.remap },
            .known("owner", owner, "Whom it signals when it becomes ready.") { $0.file.owner },
        ] + fileDetails + [.must("origin", .origin, "Where it was read.") { $0.file.origin }]
    ).identified(by: "id", "image_type")

    /// What a file is open for.
    static let use = Form<FileUse>.object(
        "use", "What a file is open for.",
        [
            .must("kind", .enumerated(FileUse.kinds), "The sort of use.") { $0.kind },
            .optional("pid", .processID, "The process.") { $0.pid },
            .optional("fd", .integer, "The descriptor.") { $0.descriptor },
            .optional("file", .integer, "The id of the other file: the socket, or whose path or remap it is.") {
                $0.otherFile
            },
        ])

    private static let remap = Form<FileRemap>.object(
        "remap", "Where a file is whose path no longer leads to it.",
        [
            .must("kind", .string, "ghost, link or process; else the number of the type.") { $0.kind },
            .optional("ghost", .integer, "The number of the deleted file.") { $0.ghost },
            .optional("file", .integer, "The id of the file that has the link.") { $0.link },
            .optional("pid", .processID, "The process that had ended.") { $0.process },
        ])

    private static let owner = Form<FileOwner>.object(
        "file_owner", "Whom a file signals when it becomes ready.",
        [
            .must("id", .integer.aside, "The thread, process or process group.") { $0.id },
            .must("kind", .string, "What the id names.") { $0.kind.name ?? String($0.kind.rawValue) },
            .must("signal", .integer, "The signal; 0 is SIGIO.") { $0.signal },
            .must("uid", .integer, "The real user id of who set it.") { $0.userID },
            .must("euid", .integer, "The effective user id of who set it.") { $0.effectiveUserID },
        ])
}

extension FileUse {
    static let kinds = [
        "descriptor", "executable", "current-directory", "root-directory", "mapping", "in-flight", "path-of",
        "link-remap", "external-peer",
    ]

    fileprivate var kind: String {
        switch self {
        case .descriptor: "descriptor"
        case .executable: "executable"
        case .currentDirectory: "current-directory"
        case .rootDirectory: "root-directory"
        case .mapping: "mapping"
        case .inFlight: "in-flight"
        case .path: "path-of"
        case .linkRemap: "link-remap"
        case .externalPeer: "external-peer"
        }
    }

    fileprivate var descriptor: UInt32? {
        guard case .descriptor(_, let number) = self else { return nil }
        return number
    }

    fileprivate var otherFile: UInt32? {
        switch self {
        case .inFlight(let id), .linkRemap(let id), .externalPeer(let id): id
        case .path(let file): file.id
        default: nil
        }
    }
}

extension FileRemap {
    fileprivate var kind: String {
        switch self {
        case .ghost: "ghost"
        case .link: "link"
        case .process: "process"
        case .other(let type, _): String(type)
        }
    }

    fileprivate var ghost: UInt32? {
        guard case .ghost(let number) = self else { return nil }
        return number
    }

    fileprivate var link: UInt32? {
        guard case .link(let file) = self else { return nil }
        return file
    }

    fileprivate var process: UInt32? {
        guard case .process(let pid) = self else { return nil }
        return pid
    }
}
