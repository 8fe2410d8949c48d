import CheckpointModel
import EvidenceText

extension CgroupHierarchy {
    /// What it is: `v2`, or the controllers of version 1.
    var title: String { isVersion2 ? "v2" : controllers.map(\.forTerminal).joined(separator: ",") }
}

extension Cgroup {
    /// The settings that are not the usual ones, and how many others there are.
    var settingsText: String {
        let shown = properties.filter { !$0.isUsual }
        let rest = properties.count - shown.count
        let texts = shown.map { property in
            let note =
                property.isStateBeforeFreezing
                ? " (before CRIU froze it)" : property.isPerhapsOfCRIU ? " (perhaps by CRIU, to dump)" : ""
            return property.name.forTerminal + "=" + property.value.forTerminal + note
        }
        let usual = rest > 0 ? [shown.isEmpty ? "\(rest) usual" : "and \(rest) usual"] : []
        return (texts + usual).joined(separator: "  ")
    }
}

extension Cgroup.Property {
    /// Whether the value is what a new cgroup has, or says only who is in it.
    var isUsual: Bool {
        if name == "cgroup.procs" || name == "tasks" { return true }
        // A limit of nothing is far from usual.
        if value == "0" {
            return !["max", "limit_in_bytes", "quota_us"].contains {
                name.bytes.suffix($0.utf8.count).elementsEqual($0.utf8)
            }
        }
        return Cgroup.Property.usualEverywhere.contains(value) || Cgroup.Property.usual[name]?.contains(value) == true
    }

    private static let usualEverywhere: Set<ByteText> = [
        "max", "-1", "", "9223372036854771712", "9223372036854710272", "domain",
    ]

    private static let usual: [ByteText: Set<ByteText>] = [
        "cpu.shares": ["1024"], "cpu.weight": ["100"], "cpu.cfs_period_us": ["100000"], "cpu.max": ["max 100000"],
        "memory.swappiness": ["60"], "memory.use_hierarchy": ["1"],
        "cpuset.sched_load_balance": ["1"], "blkio.weight": ["500"],
        "io.weight": ["default 100"], "devices.list": ["a *:* rwm"],
        "cpu.rt_period_us": ["1000000"],

    ]
}
