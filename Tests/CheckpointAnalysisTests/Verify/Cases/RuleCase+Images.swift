import CRIUImages
import CheckpointTestSupport

extension RuleCase {
    /// Faults of whole images.
    static let images: [RuleCase] = [
        RuleCase("image/unreadable", "crash", "cgroup.img") { set in
            try set.remove("cgroup.img")
            try set.link("cgroup.img", to: "seccomp.img")
        },
        RuleCase("image/too-short", "crash", "cgroup.img", .at(3)) { try $0.write("cgroup.img", [1, 2, 3]) },
        RuleCase("image/unknown-magic", "crash", "cgroup.img", .at(4)) { set in
            var bytes = try set.bytes("cgroup.img")
            bytes[5] ^= 0xFF
            try set.write("cgroup.img", bytes)
        },
        RuleCase("image/unexpected-kind", "crash", "cgroup.img", .at(0)) { set in
            try set.write("cgroup.img", set.bytes("seccomp.img"))
        },
        RuleCase("image/truncated-size", "crash", "fdinfo-2.img", entry: 5, .entry) {
            try $0.append("fdinfo-2.img", [1, 0])
        },
        RuleCase("image/size-beyond-end", "crash", "fdinfo-2.img", entry: 4, .entry) { set in
            try set.write("fdinfo-2.img", set.bytes("fdinfo-2.img").dropLast(3))
        },
        RuleCase("image/malformed-message", "crash", "fdinfo-2.img", entry: 5, .entryPlus(4)) {
            try $0.append("fdinfo-2.img", MessageBuilder([0x08]))
        },
        RuleCase("image/missing-field", "crash", "fdinfo-2.img", entry: 5, .entryPlus(4)) {
            try $0.append("fdinfo-2.img", MessageBuilder().varint(1, 4))
        },
        RuleCase("image/nested-too-deeply", "crash", "cgroup.img", entry: 0, .at(611)) { set in
            let folder = MessageBuilder().text(1, "x").varint(2, 0)
            let nested = (0..<200).reduce(folder) { folder, _ in MessageBuilder().text(1, "x").message(2, folder) }
            let controller = MessageBuilder().text(1, "cpu").message(2, nested)
            try set.write("cgroup.img", ImageBuilder(.cgroup).entry(MessageBuilder().message(2, controller)).bytes)
        },
        RuleCase("image/too-large", "container", "iptables-10.img", .at(16 << 20)) { set in
            try set.write("iptables-10.img", Array(repeating: 0x23, count: 16 << 20 + 1))
        },
        RuleCase("image/truncated-payload", "files", "fifo-data.img", entry: 1, .at(70)) { set in
            try set.write("fifo-data.img", set.bytes("fifo-data.img").dropLast(3))
        },
        RuleCase("image/empty", "crash", "fs-4888.img") { set in
            try set.write("fs-4888.img", Array(set.bytes("fs-4888.img").prefix(8)))
        },
        RuleCase("image/surplus-entry", "crash", "fs-4888.img", entry: 1, .entry) { set in
            try set.append("fs-4888.img", Array(set.bytes("fs-4888.img").dropFirst(8)))
        },
        RuleCase("image/missing", "files", "tty-info.img") { try $0.remove("tty-info.img") },
        RuleCase("image/unknown", "crash", "spare-1.img") { set in
            try set.write("spare-1.img", set.bytes("pipes-data.img"))
        },
        RuleCase("image/foreign-file", "crash", "notes.txt") { try $0.write("notes.txt", [0x68, 0x69]) },
    ]

    /// Faults in the bytes of entries that decode.
    static let encodings: [RuleCase] = [
        RuleCase("encoding/repeated-field", "crash", "fs-4888.img", entry: 0, .entryPlus(10)) { set in
            try set.write(
                "fs-4888.img",
                ImageBuilder(.fs).entry(
                    MessageBuilder().varint(1, 8).varint(2, 9).varint(3, 18).varint(1, 8)
                ).bytes)
        },
        RuleCase("encoding/padded-number", "crash", "fs-4888.img", entry: 0, .entryPlus(6)) { set in
            try set.write(
                "fs-4888.img",
                ImageBuilder(.fs).entry(
                    MessageBuilder().varint(1, 8).tag(2, wireType: 0).raw([0x89, 0x00]).varint(3, 18)
                ).bytes)
        },
        RuleCase("encoding/wide-number", "crash", "fs-4888.img", entry: 0, .entryPlus(6)) { set in
            try set.write(
                "fs-4888.img",
                ImageBuilder(.fs).entry(
                    MessageBuilder().varint(1, 8).varint(2, 9 | 1 << 32).varint(3, 18)
                ).bytes)
        },
        RuleCase("encoding/bad-field-number", "crash", "fs-4888.img", entry: 0, .entryPlus(10)) { set in
            try set.write(
                "fs-4888.img",
                ImageBuilder(.fs).entry(
                    MessageBuilder().varint(1, 8).varint(2, 9).varint(3, 18).tag(1 << 29, wireType: 0).raw([8])
                ).bytes)
        },
        RuleCase("encoding/wrong-type", "crash", "inventory.img", entry: 0, .at(86)) { set in
            // allow_uprobes, which is a truth value, as no bytes.
            var bytes = try set.bytes("inventory.img")
            bytes[4] += 2
            try set.write("inventory.img", bytes + [14 << 3 | 2, 0])
        },
        RuleCase("encoding/unknown-field", "crash", "fs-4888.img", entry: 0, .entryPlus(10)) { set in
            try set.write(
                "fs-4888.img",
                ImageBuilder(.fs).entry(
                    MessageBuilder().varint(1, 8).varint(2, 9).varint(3, 18).varint(70, 8)
                ).bytes)
        },
        RuleCase("encoding/unknown-value", "crash", "inventory.img", entry: 0, .at(42)) { set in
            try set.replace("inventory.img", #""lsmtype": "NO_LSM""#, #""lsmtype": 9"#)
        },
    ]
}
