import CheckpointModel
import EvidenceText

/// Threads and the cgroups that they are in.
struct CgroupSetRecord: Sendable {
    /// The set; nil for threads whose cgroups are not in the images.
    let set: CgroupSet?
    let threads: [CgroupSet.Member]
    /// The cgroups, or why the images do not have them.
    let memberships: Known<[CgroupMembership]>
}

extension CgroupTable {
    /// All threads by their sets, those of which the images lack the cgroups last.
    var records: [CgroupSetRecord] {
        let host = Absence(.notRecorded, "CRIU leaves out the cgroups that it was in itself")
        let lost = Absence(.notRecorded, "the images do not name the cgroups of the threads")
        let others = [(threadsOfHostSet, host), (threadsWithoutSet, lost)].filter { !$0.0.isEmpty }
        return sets.map { CgroupSetRecord(set: $0, threads: $0.threads, memberships: .value($0.memberships)) }
            + others.map { CgroupSetRecord(set: nil, threads: $0, memberships: .missing($1)) }
    }
}

extension Forms {
    /// A hierarchy of cgroups.
    static let cgroupHierarchy = Form<CgroupHierarchy>.object(
        "cgroup_hierarchy", "A hierarchy of cgroups.",
        [
            .must("controllers", .texts, "The controllers, or name= and a name; a single empty name is version 2.") {
                $0.controllers
            },
            .must("version", .integer, "The version of cgroups.") { $0.isVersion2 ? 2 : 1 },
            .known("threaded", .flag, "Whether threads of one process can be in different cgroups.") { $0.isThreaded },
            .records("groups", cgroup, "The cgroups, each followed by those in it.") { $0.groups },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "controllers").identified(by: "controllers")

    private static let cgroup = Form<Cgroup>.object(
        "cgroup", "A cgroup.",
        [
            .must("path", .text, "The path from the root of the hierarchy.") { $0.path },
            .must("depth", .integer, "How many cgroups of the images are above it.") { $0.depth },
            .must("properties", .list(property), "The settings.") { $0.properties },
            .known("permissions", permissions, "Who may use it.") { $0.permissions },
        ]
    ).matched(by: "path")

    private static let property = Form<Cgroup.Property>.object(
        "cgroup_property", "A setting of a cgroup.",
        [
            .must("name", .text, "The name of its file.") { $0.name },
            .must("value", .text, "What was in the file.") { $0.value },
            .optional("state_before_freezing", .flag, "Whether it is the state before CRIU froze the cgroup.") {
                $0.isStateBeforeFreezing ? true : nil
            },
            .optional("perhaps_of_criu", .flag, "Whether CRIU may have set it to freeze the tasks.") {
                $0.isPerhapsOfCRIU ? true : nil
            },
            .known("permissions", permissions, "Who may use the file.") { $0.permissions },
        ]
    ).matched(by: "name")

    private static let permissions = Form<Cgroup.Permissions>.object(
        "cgroup_permissions", "Who may use a file of a cgroup.",
        [
            .must("mode", .octal, "The mode.") { $0.mode }, .must("uid", .integer, "The owner.") { $0.user },
            .must("gid", .integer, "The owning group.") { $0.group },
        ])

    /// Threads and their cgroups.
    static let cgroupSet = Form<CgroupSetRecord>.object(
        "cgroup_set", "Threads that are in the same cgroups.",
        [
            .optional("id", .integer.aside, "CRIU's number for the combination.") { $0.set?.id },
            .known("cgroups", .list(cgroupMembership), "The cgroups, one of each hierarchy.") { $0.memberships },
            .must("threads", .list(member), "The threads.") { $0.threads },
            .optional("origin", .origin, "Where it was read.") { $0.set?.origin },
        ])

    /// A cgroup in one hierarchy.
    static let cgroupMembership = Form<CgroupMembership>.object(
        "cgroup_membership", "A cgroup in one hierarchy.",
        [
            .must("controllers", .text, "The controllers; empty for version 2.") { $0.controllers },
            .must("path", .text, "The path from the root of the hierarchy.") { $0.path },
            .must("visible_path", .text, "The path as the threads saw it.") { $0.visiblePath },
        ]
    ).matched(by: "controllers")

    private static let member = Form<CgroupSet.Member>.object(
        "cgroup_member", "A thread in a cgroup.",
        [.must("pid", .integer, "The process.") { $0.pid }, .must("tid", .integer, "The thread.") { $0.tid }])
}
