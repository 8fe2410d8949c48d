import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

extension RuleCase {
    /// Faults of what images say in forms of their own, and of the source.
    static let model: [RuleCase] = [
        RuleCase("mounts/bad-tree", "container", "mountpoints-14.img", entry: 1, .entry) {
            try $0.replace("mountpoints-14.img", #""mnt_id": 443"#, #""mnt_id": 442"#)
        },
        RuleCase("network/bad-netlink", "container", "route-10.img", entry: 0, .at(4)) { set in
            var bytes = try set.bytes("route-10.img")
            bytes[8] = 0x10
            try set.write("route-10.img", bytes)
        },
        RuleCase("seccomp/bad-filter", "tree", "core-4686.img", entry: 0, .entry) {
            try $0.replace("core-4686.img", #""seccomp_filter": 1"#, #""seccomp_filter": 7"#)
        },
        RuleCase("signals/bad-entry", "signals-timers", "core-5020.img", entry: 0, .entry) {
            try $0.edit("core-5020.img") { text in
                let start = try #require(text.range(of: #""siginfo": ""#)).upperBound
                let end = try #require(text[start...].firstIndex(of: "\""))
                return text.replacingCharacters(in: start..<end, with: "IwAAAA==\\n")
            }
        },
        RuleCase("namespaces/unknown", "container", "files.img", entry: 21, .entry) { set in
            let entry = MessageBuilder().varint(1, 999).varint(2, 77).varint(3, 0x12345).varint(4, 0)
            let file = MessageBuilder().varint(1, 14).varint(2, 999).message(5, entry)
            try set.append("files.img", file)
            try set.append("fdinfo-2.img", MessageBuilder().varint(1, 999).varint(2, 0).varint(3, 14).varint(4, 99))
        },
        RuleCase("container/bad-metadata", "crash", "config.dump", .at(1)) {
            try $0.write("config.dump", Array("{".utf8))
        },
        RuleCase("source/bad-digest", "crash", "blobs/sha256/" + String(repeating: "0", count: 64)) {
            try $0.open(layoutNaming: { _ in "sha256:" + String(repeating: "0", count: 64) })
        },
        RuleCase("source/unchecked-digest", "crash", "blobs/sha512/" + String(repeating: "0", count: 128)) {
            try $0.open(layoutNaming: { _ in "sha512:" + String(repeating: "0", count: 128) })
        },
        RuleCase("source/odd-member", "crash", "../up") { set in
            var tar = try set.tar()
            tar.add("../up", [1])
            try set.open(archive: tar.archive)
        },
        RuleCase("source/duplicate-member", "crash", "checkpoint/fs-4888.img") { set in
            var tar = try set.tar()
            tar.add("checkpoint/fs-4888.img", try set.bytes("fs-4888.img"))
            try set.open(archive: tar.archive)
        },
        RuleCase("source/damaged-archive", "crash", "checkpoint/late.log") { set in
            var tar = try set.tar()
            tar.add("checkpoint/late.log", Array(repeating: 0x20, count: 4096))
            try set.open(archive: Array(tar.bytes.dropLast(2048)))
        },
    ]
}
