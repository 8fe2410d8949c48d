import CheckpointModel
import EvidenceText

/// A mount, and the checkpoint that has what it holds.
struct MountReport: Sendable {
    let mount: Mount
    let content: Known<[ArchiveMember]>
    let automounter: Known<Automounter>

    init(_ mount: Mount, _ checkpoint: Checkpoint) {
        self.mount = mount
        content = checkpoint.tmpfsContent(of: mount)
        automounter = checkpoint.automounter(of: mount)
    }
}

extension Forms {
    /// A mount namespace.
    static let mountNamespace = Form<NamespaceReport>.object(
        "mount_namespace", "A mount namespace.",
        namespaceIdentity { $0 } + [
            .knownRecords("mounts", mount, "The mounts, each followed by those on it.") { report in
                report.checkpoint.mounts(of: report.namespace).map { $0.map { MountReport($0, report.checkpoint) } }
            }
        ]
    ).matched(by: "anchor").identified(by: "namespace")

    private static let mount = Form<MountReport>.object(
        "mount", "A mount, as in /proc/PID/mountinfo.", mountLine + mountDetails
    ).matched(by: "mount_point", "root").identified(by: "mount_id")

    private static let mountLine: [Field<MountReport>] = [
        .must("mount_id", .integer.aside, "The kernel's id of the mount.") { $0.mount.id },
        .must("parent_id", .integer.aside, "The id of the mount that it is on.") { $0.mount.parentID },
        .must("depth", .integer.aside, "How many mounts are above it.") { $0.mount.depth },
        .must("device", .string, "The device of the file system, major and minor number.") {
            $0.mount.device.description
        },
        .must("root", .text, "Which part of the file system is mounted.") { $0.mount.root },
        .must("mount_point", .text, "Where it is mounted.") { $0.mount.mountPoint },
        .known("file_system", .text, "The type of the file system.") { $0.mount.fileSystem },
        .must("source", .text, "What was mounted.") { $0.mount.source },
        .must("options", .strings, "The options of the mount.") { $0.mount.flags.names },
        .known("super_flags", .strings, "The flags of the file system.") { $0.mount.superFlags.map(\.names) },
        .must("super_options", .text, "The further options of the file system, as in the image.") {
            $0.mount.superOptions
        },
        .optional("shared", .integer.aside, "The group of mounts that pass mounts on to each other.") {
            $0.mount.sharedGroup
        },
        .optional("master", .integer.aside, "The group that it receives mounts from.") { $0.mount.masterGroup },
    ]

    private static let mountDetails: [Field<MountReport>] = [
        .optional("added_by_criu", .texts, "Options of the file system that CRIU added.") {
            $0.mount.optionsOfCRIU.isEmpty ? nil : $0.mount.optionsOfCRIU
        },
        .must("bound", .flag, "Whether another mount of the namespace has the same file system.") { $0.mount.isBound },
        .must("deleted", .flag, "Whether the mounted directory had been deleted.") { $0.mount.isDeleted },
        .must("by_plugin", .flag, "Whether a plugin of CRIU takes care of it.") { $0.mount.usesPlugin },
        .must("criu_trace", .flag, "Whether it has the form of a mount of CRIU's own.") { $0.mount.isTraceOfCRIU },
        .optional("external", externalMount, "How whoever restores is to supply it.") { $0.mount.external },
        .optional("overlay", overlay, "The layers of an overlay.") { $0.mount.overlay },
        .optional("automounter", automounter, "The state of an automounter.") { $0.automounter.value },
        .knownRecords("files", tmpfsFile, "What a tmpfs held, in the order of the archive.") {
            $0.content
        },
        .must("origin", .origin, "Where it was read.") { $0.mount.origin },
    ]

    private static let externalMount = Form<ExternalMount>.object(
        "external_mount", "How a mount from outside is to be found.",
        [
            .must("form", .enumerated(["key", "device", "autodetected", "old"]), "How it is named.") { $0.form },
            .optional("key", .text, "Its name.") { $0.key },
        ])

    private static let overlay = Form<OverlayLayers>.object(
        "overlay", "The layers of an overlay.",
        [
            .must("lower", .texts, "Those that are only read, the topmost first.") { $0.lower },
            .optional("upper", .text, "The one that is written.") { $0.upper },
            .optional("work", .text, "Where files are prepared.") { $0.work },
        ])

    private static let automounter = Form<Automounter>.object(
        "automounter", "The state of an automounter.",
        [
            .optional("fd", .integer, "The descriptor by which its daemon hears of accesses.") { $0.descriptor },
            .must("process_group", .integer, "The process group of the daemon.") { $0.processGroup },
            .must("timeout_seconds", .integer, "After how long an idle mount goes.") { $0.timeoutSeconds },
            .must("oldest_protocol", .integer, "The oldest protocol that the daemon speaks.") {
                $0.protocolVersions.oldest
            },
            .must("newest_protocol", .integer, "The newest protocol that the daemon speaks.") {
                $0.protocolVersions.newest
            },
            .must("mode", .integer, "0 direct, 1 indirect, 2 offset.") { $0.mode },
            .optional("user", .integer, "The owner.") { $0.user },
            .optional("group", .integer, "The owning group.") { $0.group },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let tmpfsFile = Form<ArchiveMember>.object(
        "tmpfs_file", "A file of a tmpfs; its name is the path below the mount point, and empty for the top.",
        archivedFileFields
    ).matched(by: "name")

    /// A binary format.
    static let binaryFormat = Form<BinaryFormat>.object(
        "binary_format", "A binary format that has an interpreter (binfmt_misc).",
        [
            .must("name", .text, "The name under which it is registered.") { $0.name },
            .must("enabled", .flag, "Whether the kernel makes use of it.") { $0.isEnabled },
            .must("interpreter", .text, "The program that runs such files.") { $0.interpreter },
            .optional("flags", .text, "The flags of the registration.") { $0.flags },
            .optional("extension", .text, "The file name extension of such files.") { $0.fileExtension },
            .optional("magic", .text, "The bytes of such files, in hexadecimal.") { $0.magic },
            .optional("mask", .text, "Which bits of the bytes count, in hexadecimal.") { $0.mask },
            .optional("offset", .integer, "Where in a file the bytes are.") { $0.offset },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "name")
}

extension ExternalMount {
    fileprivate var form: String {
        switch self {
        case .key: "key"
        case .device: "device"
        case .autodetected: "autodetected"
        case .old: "old"
        }
    }

    fileprivate var key: ByteText? {
        switch self {
        case .key(let key), .old(let key): key
        case .device, .autodetected: nil
        }
    }
}
