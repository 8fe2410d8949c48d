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
            .known("files_written_at", .time.aside, "When the images were written, by the time of the inventory file.")
            {
                $0.writtenAt
            },
            .known("frozen_microseconds", .integer, "How long the processes stood still.") { $0.frozenMicroseconds },
            .known("root_ids", kernelObjectIDs, "The kernel objects of CRIU itself.") { $0.rootIDs },
            .known("fdinfo_per_id", .flag, "Whether images of descriptors are numbered by table.") {
                $0.hasDescriptorTables
            },
            .known("ns_per_id", .flag, "Whether images of namespaces are numbered by namespace.") {
                $0.hasNamespaceIDs
            },
            .known("root_cgroup_set", .integer, "The set of cgroups that CRIU was in.") { $0.rootCgroupSet },
            .known("security_module", .string, "The security module of the machine.") { inventory in
                inventory.securityModule.map { $0.name ?? "module \($0.rawValue)" }
            },
            .known("uptime_microseconds", .count, "How long the machine had been up at the dump.") {
                $0.uptimeMicroseconds
            },
            .known("pre_dump_mode", .string, "How a pre-dump read memory.") { inventory in
                inventory.preDumpMode.map { $0.name ?? "mode \($0.rawValue)" }
            },
            .known("tcp_close", .flag, "Whether TCP connections were left out.") { $0.closesTCP },
            .known("network_lock", .string, "What held packets back during the dump.") { inventory in
                inventory.networkLock.map { $0.name ?? "method \($0.rawValue)" }
            },
            .known("plugins", .texts, "The plugins of CRIU that had a part in the dump.") { $0.plugins },
            .known("criu_run_id", .text, "The random id of the run of CRIU.") { $0.runID },
            .known("allow_uprobes", .flag, "Whether probes of the kernel in the processes were left out.") {
                $0.allowsUprobes
            },
            .known("compression", .integer, "How memory pages are compressed: 0 not, 1 by page, 2 in regions.") {
                $0.compression
            },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let kernelObjectIDs = Form<KernelObjectIDs>.object(
        "kernel_object_ids", "The ids that CRIU gave to the kernel objects of a task.",
        [
            .must("memory", .integer, "The address space.") { $0.memory },
            .must("files", .integer, "The table of descriptors.") { $0.files },
            .must("directories", .integer, "Root, working directory and umask.") { $0.directories },
            .must("signal_handlers", .integer, "The table of signal handlers.") { $0.signalHandlers },
            .must("namespaces", .list(namespaceID), "The namespaces that are recorded.") { $0.namespaces },
        ])

    private static let namespaceID = Form<KernelObjectIDs.Namespace>.object(
        "namespace_id", "A namespace by its id in the dump.",
        [
            .must("type", .string, "Its type, as in /proc/PID/ns.") { $0.type },
            .must("id", .integer, "Its id in the dump.") { $0.id },
        ])
}
