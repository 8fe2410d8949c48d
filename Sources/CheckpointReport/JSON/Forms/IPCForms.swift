import CheckpointModel
import EvidenceText

/// An IPC namespace and what it holds.
struct IPCReport: Sendable {
    let report: NamespaceReport
    let objects: Known<IPCObjects>

    init(_ report: NamespaceReport) {
        self.report = report
        objects = report.checkpoint.ipcObjects(of: report.namespace)
    }
}

extension Forms {
    /// An IPC namespace.
    static let ipcNamespace = Form<IPCReport>.object(
        "ipc_namespace", "An IPC namespace.",
        namespaceIdentity { $0.report } + [
            .knownRecords("message_queues", messageQueue, "The System V message queues.") {
                $0.objects.flatMap(\.queues)
            },
            .knownRecords("semaphore_sets", semaphoreSet, "The sets of System V semaphores.") {
                $0.objects.flatMap(\.semaphores)
            },
            .knownRecords("shared_segments", sharedSegment, "The System V shared memory segments.") {
                $0.objects.flatMap(\.segments)
            },
            .known("settings", .list(kernelSetting), "The settings of the namespace.") {
                $0.objects.flatMap(\.settings)
            },
        ]
    ).matched(by: "anchor").identified(by: "namespace")

    private static let messageQueue = Form<MessageQueue>.object(
        "message_queue", "A System V message queue.",
        ipcPermissions { $0.permissions } + [
            .must("byte_limit", .integer, "How many bytes it may hold.") { $0.byteLimit },
            .must("bytes", .count, "How many bytes wait.") { $0.byteCount },
            .must("messages", .list(queuedMessage), "The messages, the oldest first.") { $0.messages },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "key", "id")

    private static let queuedMessage = Form<MessageQueue.Message>.object(
        "queued_message", "A message of a System V queue.",
        [
            .must("type", .count, "The type that its sender gave it.") { $0.type },
            .must("content", .content, "Its text.") { $0.content },
        ])

    private static let semaphoreSet = Form<SemaphoreSet>.object(
        "semaphore_set", "A set of System V semaphores.",
        ipcPermissions { $0.permissions } + [
            .must("values", .list(.integer), "The values.") { $0.values },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "key", "id")

    private static let sharedSegment = Form<SharedSegment>.object(
        "shared_segment", "A System V shared memory segment.",
        ipcPermissions { $0.permissions } + [
            .must("size", .count, "The size in bytes.") { $0.size },
            .must("marked_for_removal", .flag, "Whether it goes when the last process detaches it.") {
                $0.isMarkedForRemoval
            },
            .optional("huge_pages", .hexadecimal, "The flags of shmget for huge pages.") { $0.hugePages },
            .must("attachments", .list(attachment), "Who had it attached.") { $0.attachments },
            .known("content", .content, "What is in it.") { $0.content },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "key", "id")

    private static let attachment = Form<SharedSegment.Attachment>.object(
        "attachment", "A place where a process has a segment.",
        [
            .must("pid", .integer, "The process.") { $0.pid },
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .must("offset", .hexadecimal, "The offset of the first address in the segment.") { $0.offset },
            .must("writable", .flag, "Whether the process can write there.") { $0.isWritable },
        ])

    /// What the System V objects have in common.
    private static func ipcPermissions<Object: Sendable>(
        _ get: @escaping @Sendable (Object) -> IPCPermissions
    ) -> [Field<Object>] {
        [
            .must("id", .integer, "The kernel's id.") { get($0).id },
            .must("key", .hexadecimal, "The key by which programs find it; 0 is private.") { get($0).key },
            .must("uid", .integer, "The owner.") { get($0).owner.user },
            .must("gid", .integer, "The owning group.") { get($0).owner.group },
            .must("creator_uid", .integer, "The user who made it.") { get($0).creator.user },
            .must("creator_gid", .integer, "The group of who made it.") { get($0).creator.group },
            .must("mode", .octal, "The mode.") { get($0).mode },
        ]
    }

    /// A setting.
    static let kernelSetting = Form<KernelSetting>.object(
        "setting", "A setting of the kernel.",
        [
            .must("name", .text, "The name, as sysctl has it.") { $0.name },
            .known("value", .text, "The value.") { $0.value },
        ]
    ).matched(by: "name")
}
