import CRIUImages
import CheckpointTestSupport

extension RuleCase {
    /// Faults of the dump as a whole.
    static let dump: [RuleCase] = [
        RuleCase("dump/failed", "crash", "dump.log") { set in
            try set.write("dump.log", Array("(00.000001) Error (criu/cr-dump.c:2128): Dumping FAILED.\n".utf8))
        },
        RuleCase("dump/no-inventory", "crash", "inventory.img") { try $0.remove("inventory.img") },
        RuleCase("dump/no-statistics", "crash", "stats-dump") { try $0.remove("stats-dump") },
        RuleCase("dump/unknown-version", "crash", "inventory.img", entry: 0, .at(4)) {
            try $0.replace("inventory.img", #""img_version": 2"#, #""img_version": 3"#)
        },
        RuleCase("dump/times-apart", "crash", "fs-4888.img") { try $0.setTime(of: "fs-4888.img", 7200) },
        RuleCase("stats/pages-written", "crash", "stats-dump", entry: 0, .entry) {
            try $0.replace("stats-dump", #""pages_written": 37"#, #""pages_written": 38"#)
        },
        RuleCase("stats/pages-in-parent", "crash", "stats-dump", entry: 0, .entry) {
            try $0.replace("stats-dump", #""pages_skipped_parent": 0"#, #""pages_skipped_parent": 1"#)
        },
        RuleCase("cgroups/no-set", "tree", "core-4678.img", entry: 0, .entry) {
            try $0.replace("core-4678.img", #""cg_set": 2"#, #""cg_set": 9"#)
        },
        RuleCase("namespaces/unclaimed", "container", "utsns-99.img") { set in
            try set.write("utsns-99.img", set.bytes("utsns-12.img"))
        },
        RuleCase("mounts/no-parent", "container", "mountpoints-14.img", entry: 0, .entry) {
            try $0.replace("mountpoints-14.img", #""parent_mnt_id": 433"#, #""parent_mnt_id": 9"#)
        },
    ]
}
