import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// A namespace, and the checkpoint that has what it holds.
struct NamespaceReport: Sendable {
    let namespace: Namespace
    let checkpoint: Checkpoint
}

extension CheckpointDocument.Subject {
    /// The namespaces of a kind that the document is about; nil for all kinds.
    func namespaceReports(_ kind: NamespaceKind?) -> [NamespaceReport] {
        NamespaceSelection(checkpoint, processes).namespaces.filter { kind == nil || $0.kind == kind }
            .map { NamespaceReport(namespace: $0, checkpoint: checkpoint) }
    }
}

extension Forms {
    /// What a document says of namespaces of all kinds.
    static let namespaces: [Field<CheckpointDocument.Subject>] = [
        .records("namespaces", namespace, "The namespaces that the images know, by kind.") {
            $0.namespaceReports(nil)
        }.part(.namespaces),
        .records("mount_namespaces", mountNamespace, "The mount namespaces, with their mounts.") {
            $0.namespaceReports(.mnt)
        }.part(.mounts),
        .records("binary_formats", binaryFormat, "The binary formats that have an interpreter.") {
            $0.checkpoint.binaryFormats()
        }.part(.mounts),
        .records("network_namespaces", networkNamespace, "The network namespaces, with what they hold.") {
            $0.namespaceReports(.net).map(NetworkReport.init)
        }.part(.network),
        .records("ipc_namespaces", ipcNamespace, "The IPC namespaces, with what they hold.") {
            $0.namespaceReports(.ipc).map(IPCReport.init)
        }.part(.ipc),
        .knownRecords("cgroup_hierarchies", cgroupHierarchy, "The hierarchies of cgroups.") {
            $0.checkpoint.cgroups.map(\.hierarchies)
        }.part(.cgroups),
        .knownRecords("cgroup_sets", cgroupSet.aside, "Which threads are in which cgroups.") { subject in
            let pids = Set(subject.processes.map(\.pid))
            return subject.checkpoint.cgroups.map {
                $0.records.filter { !pids.isDisjoint(with: $0.threads.map(\.pid)) }
            }
        }.part(.cgroups),
    ]

    private static let namespace = Form<NamespaceReport>.object(
        "namespace", "A namespace.",
        namespaceIdentity { $0 } + [
            .must("kind", .enumerated(NamespaceKind.allCases.map(\.rawValue)), "What it is a namespace of.") {
                $0.namespace.kind.rawValue
            },
            .records("handles", namespaceHandle.aside, "The open descriptors that lead to it.") {
                $0.namespace.handles
            },
            .optional("host_name", .text, "The host name, of a UTS namespace.") { $0.hostNames?.hostName },
            .optional("domain_name", .text, "The NIS domain name, of a UTS namespace.") { $0.hostNames?.domainName },
            .optional("clocks", clocks.aside, "What the clocks showed, of a time namespace.") {
                $0.checkpoint.clocks(of: $0.namespace).value
            },
            .optional("id_maps", identityMaps, "How ids are mapped, of a user namespace.") {
                $0.checkpoint.identityMaps(of: $0.namespace).value
            },
            .optional("external_key", .text, "By what name whoever restores has to supply it.") {
                $0.checkpoint.externalKey(of: $0.namespace).value
            },
        ]
    ).matched(by: "kind", "anchor").identified(by: "kind", "namespace")

    /// What every record of a namespace begins with.
    static func namespaceIdentity<Whole>(
        _ get: @escaping @Sendable (Whole) -> NamespaceReport
    ) -> [Field<Whole>] {
        [
            .anchor("anchor") { get($0).namespace.anchor },
            .must("namespace", .integer.aside, "CRIU's number for it, unique among all kinds.") {
                get($0).namespace.id
            },
            .must("standing", .enumerated(["host", "root", "nested"]), standings) {
                get($0).namespace.standing.rawValue
            },
            .must("processes", .list(.integer).aside, "The processes in it.") { get($0).namespace.processes },
            .must("origin", .origin, "Where it was first found.") { get($0).namespace.origin },
        ]
    }

    private static let standings =
        "host if CRIU itself was in it, so that nothing of it was dumped; root if the first process is; else nested."

    private static let namespaceHandle = Form<NamespaceHandle>.object(
        "namespace_handle", "A descriptor that leads to a namespace.",
        [
            .must("pid", .integer, "The process.") { $0.pid },
            .must("fd", .integer, "The descriptor.") { $0.descriptor },
        ])

    private static let identityMaps = Form<IdentityMaps>.object(
        "id_maps", "How a user namespace maps ids.",
        [
            .must("users", .list(identityRange), "The ranges of user ids.") { $0.users },
            .must("groups", .list(identityRange), "The ranges of group ids.") { $0.groups },
            .must("origin", .origin, "Where they were read.") { $0.origin },
        ])

    private static let identityRange = Form<IdentityMaps.Range>.object(
        "id_range", "A range of ids.",
        [
            .must("inside", .integer, "The first id inside.") { $0.inside },
            .must("outside", .integer, "The id outside that it stands for.") { $0.outside },
            .must("count", .integer, "How many ids there are.") { $0.count },
        ])
}

extension Namespace {
    /// By what the namespace is found in another checkpoint, since the numbers that CRIU gives are those of one dump: what
    /// it is to the tree, or its first process.
    var anchor: Fact {
        switch standing {
        case .host, .root: .word(standing.rawValue)
        case .nested: processes.first.map { .process($0) } ?? handles.first.map { .process($0.pid) } ?? .none
        }
    }
}

extension NamespaceReport {
    fileprivate var hostNames: HostNames? { checkpoint.hostNames(of: namespace).value }
}
