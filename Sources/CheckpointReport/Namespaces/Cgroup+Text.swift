import CheckpointModel
import EvidenceText

extension CgroupHierarchy {
    /// What it is: `v2`, or the controllers of version 1.
    var title: String { isVersion2 ? "v2" : controllers.map(\.forTerminal).joined(separator: ",") }

    /// Whether a membership is one of this hierarchy: its controllers are those, in whatever order.
    func holds(_ membership: CgroupSet.Membership) -> Bool {
        let names = membership.controllers.bytes.split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        return Set(names.map { ByteText(Array($0)) }) == Set(controllers)
    }
}

extension Cgroup {
    /// The settings that are not the usual ones, and how many others there are.
    var settingsText: String {
        let shown = properties.filter { !$0.isUsual }
        let rest = properties.count - shown.count
        let texts = shown.map { property in
            let note = property.isStateBeforeFreezing ? " (before CRIU froze it)" : ""
            return property.name.forTerminal + "=" + property.value.forTerminal + note
        }
        let usual = rest > 0 ? [shown.isEmpty ? "\(rest) usual" : "and \(rest) usual"] : []
        return (texts + usual).joined(separator: "  ")
    }
}

extension Cgroup.Property {
    /// Whether the value is what a new cgroup has, or says only who is in it.
    var isUsual: Bool {
        let everywhere: Set<ByteText> = ["0", "max", "-1", "", "9223372036854771712", "9223372036854710272", "domain"]
        if name == "cgroup.procs" || name == "tasks" || everywhere.contains(value) { return true }
        let usual: [ByteText: Set<ByteText>] = [
            "cpu.shares": ["1024"], "cpu.weight": ["100"], "cpu.cfs_period_us": ["100000"], "cpu.max": ["max 100000"],
            "memory.swappiness": ["60"], "memory.use_hierarchy": ["1"], "memory.move_charge_at_immigrate": ["0"],
            "cpuset.sched_load_balance": ["1"], "cpuset.sched_relax_domain_level": ["-1"], "blkio.weight": ["500"],
            "io.weight": ["default 100"], "devices.list": ["a *:* rwm"], "freezer.state": [],
            "cpu.rt_period_us": ["1000000"],
            "cgroup.max.descendants": ["max"], "cgroup.max.depth": ["max"], "cpu.weight.nice": ["0"],
        ]
        return usual[name]?.contains(value) == true
    }
}

/// A path that hierarchies have a cgroup at.
struct CgroupPlace {
    let path: ByteText
    private(set) var entries: [Entry] = []

    /// The cgroup in one hierarchy.
    struct Entry {
        let controllers: String
        let group: Cgroup
        let threads: [CgroupSet.Member]
    }

    /// The paths of all hierarchies, in the order of their trees.
    static func all(_ table: CgroupTable) -> [CgroupPlace] {
        var places: [CgroupPlace] = []
        var indexes: [ByteText: Int] = [:]
        for hierarchy in table.hierarchies {
            let inside = members(hierarchy, table.sets)
            for group in hierarchy.groups {
                let index = indexes[group.path, default: places.count]
                if index == places.count { places.append(CgroupPlace(path: group.path)) }
                indexes[group.path] = index
                places[index].entries.append(
                    Entry(controllers: hierarchy.title, group: group, threads: inside[group.path] ?? []))
            }
        }
        return places
    }

    /// Who is in each cgroup of a hierarchy, by its path.
    private static func members(_ hierarchy: CgroupHierarchy, _ sets: [CgroupSet]) -> [ByteText: [CgroupSet.Member]] {
        var members: [ByteText: [CgroupSet.Member]] = [:]
        for set in sets {
            for membership in set.memberships where hierarchy.holds(membership) {
                members[membership.path, default: []] += set.threads
            }
        }
        return members
    }
}

/// Threads, drawn together to processes where all threads of one are there.
struct CgroupMembers {
    /// The processes, and single threads as `PID/TID`.
    let text: String

    /// - Parameter pids: The processes that are shown.
    init(_ threads: [CgroupSet.Member], of pids: Set<Int>) {
        let shown = threads.filter { pids.contains($0.pid) }
        let leaders = Set(shown.filter { $0.pid == $0.tid }.map(\.pid))
        let others = Set(shown.filter { !leaders.contains($0.pid) }).sorted { ($0.pid, $0.tid) < ($1.pid, $1.tid) }
        let parts = [numberRanges(Array(leaders))] + others.map { "\($0.pid)/\($0.tid)" }
        text = parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

/// The cgroup that some threads saw in some hierarchies.
struct SharedPaths {
    let threads: [CgroupSet.Member]
    let controllers: String
    let path: String

    /// The memberships of some sets, drawn together: by threads and path, the controllers with commas between them.
    static func all(_ sets: [CgroupSet]) -> [SharedPaths] {
        var order: [[ByteText]] = []
        var threads: [[ByteText]: [CgroupSet.Member]] = [:]
        var memberships: [[ByteText]: [CgroupSet.Membership]] = [:]
        for set in sets {
            let key: [ByteText] = set.memberships.flatMap { membership -> [ByteText] in
                [membership.controllers, membership.path, membership.innerPath ?? ""]
            }
            if threads[key] == nil { order.append(key) }
            threads[key, default: []] += set.threads
            memberships[key] = set.memberships
        }
        return order.flatMap { key in paths(memberships[key] ?? [], threads[key] ?? []) }
    }

    private static func paths(
        _ memberships: [CgroupSet.Membership], _ threads: [CgroupSet.Member]
    ) -> [SharedPaths] {
        var order: [String] = []
        var controllers: [String: [String]] = [:]
        for membership in memberships {
            let inner = membership.innerPath?.forTerminal ?? "?"
            if controllers[inner] == nil { order.append(inner) }
            controllers[inner, default: []].append(
                membership.controllers.isEmpty ? "v2" : membership.controllers.forTerminal)
        }
        return order.map { path in
            SharedPaths(
                threads: threads, controllers: (controllers[path] ?? []).joined(separator: " "), path: path)
        }
    }
}
