import CRIUImages
import CheckpointTestSupport

extension RuleCase {
    /// Faults of the process tree and of the images of processes.
    static let tree: [RuleCase] = [
        RuleCase("pstree/missing", "crash", "pstree.img") { try $0.remove("pstree.img") },
        RuleCase("pstree/lost-processes", "tree", "pstree.img", others: ["image/size-beyond-end"]) { set in
            try set.write("pstree.img", set.bytes("pstree.img").dropLast(5))
        },
        RuleCase("pstree/lost-thread", "crash", "core-4891.img", others: ["pstree/missing"]) { set in
            try set.remove("pstree.img")
            try set.write("core-4891.img", set.bytes("core-4890.img"))
        },
        RuleCase("pstree/duplicate-process", "tree", "pstree.img", entry: 21, .entry) { set in
            try set.append("pstree.img", process(4691, parent: 4677, group: 4677, session: 4677))
        },
        RuleCase("pstree/no-parent", "tree", "pstree.img", entry: 1, .entry) {
            try $0.replace("pstree.img", #""pid": 4678, "ppid": 4677"#, #""pid": 4678, "ppid": 9"#)
        },
        RuleCase("pstree/second-root", "tree", "pstree.img", entry: 1, .entry) {
            try $0.replace("pstree.img", #""pid": 4678, "ppid": 4677"#, #""pid": 4678, "ppid": 0"#)
        },
        RuleCase("pstree/own-ancestor", "tree", "pstree.img", entry: 4, .entry, others: ["pstree/child-first"]) {
            try $0.replace("pstree.img", #""pid": 4701, "ppid": 4679"#, #""pid": 4701, "ppid": 4702"#)
        },
        RuleCase("pstree/child-first", "tree", "pstree.img", entry: 1, .entry) {
            try $0.replace("pstree.img", #""pid": 4678, "ppid": 4677"#, #""pid": 4678, "ppid": 4679"#)
        },
        RuleCase("pstree/duplicate-thread", "crash", "pstree.img", entry: 0, .entry) {
            try $0.replace("pstree.img", "[4888, 4889, 4890]", "[4888, 4889, 4890, 4889]")
        },
        RuleCase("pstree/no-leader-thread", "crash", "pstree.img", entry: 0, .entry) {
            try $0.replace("pstree.img", "[4888, 4889, 4890]", "[4889, 4888, 4890]")
        },
        RuleCase("pstree/no-group-leader", "tree", "pstree.img", entry: 1, .entry) {
            try $0.replace("pstree.img", #""ppid": 4677, "pgid": 4678"#, #""ppid": 4677, "pgid": 77"#)
        },
        RuleCase("pstree/no-session-leader", "crash", "pstree.img", entry: 0, .entry) {
            try $0.replace("pstree.img", #""sid": 4888"#, #""sid": 4000"#)
        },
        RuleCase("pstree/group-in-two-sessions", "tree", "pstree.img", entry: 5, .entry) {
            try $0.replace(
                "pstree.img", #""pgid": 4701, "sid": 4679, "threads": [4702]"#,
                #""pgid": 4701, "sid": 4677, "threads": [4702]"#)
        },
        RuleCase(
            "pstree/session-leader-in-other-group", "tree", "pstree.img", entry: 1, .entry,
            others: ["pstree/group-in-two-sessions"]
        ) {
            try $0.replace("pstree.img", #""pgid": 4678, "sid": 4677"#, #""pgid": 4679, "sid": 4678"#)
        },
        RuleCase("pstree/no-core", "crash", "pstree.img", entry: 0, .entry) { try $0.remove("core-4889.img") },
        RuleCase("pstree/no-mm", "crash", "pstree.img", entry: 0, .entry) { try $0.remove("mm-4888.img") },
        RuleCase("pstree/no-pagemap", "crash", "pstree.img", entry: 0, .entry, others: ["pages/unclaimed"]) {
            try $0.remove("pagemap-4888.img")
        },
        RuleCase("pstree/no-fs", "crash", "pstree.img", entry: 0, .entry) { try $0.remove("fs-4888.img") },
        RuleCase("pstree/no-ids", "crash", "pstree.img", entry: 0, .entry, others: ["pstree/no-process"]) {
            try $0.remove("ids-4888.img")
        },
        RuleCase("pstree/no-fdinfo", "crash", "pstree.img", entry: 0, .entry) { try $0.remove("fdinfo-2.img") },
        RuleCase("pstree/no-process", "crash", "core-4891.img") { set in
            try set.write("core-4891.img", set.bytes("core-4890.img"))
        },
    ]

    private static func process(_ pid: UInt64, parent: UInt64, group: UInt64, session: UInt64) -> MessageBuilder {
        MessageBuilder().varint(1, pid).varint(2, parent).varint(3, group).varint(4, session).varint(5, pid)
    }
}
