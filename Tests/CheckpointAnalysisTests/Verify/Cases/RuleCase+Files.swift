import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

extension RuleCase {
    /// Faults of files and of what leads to them.
    static let files: [RuleCase] = [
        RuleCase("fdinfo/no-file", "crash", "fdinfo-2.img", entry: 5, .entry) {
            try $0.append("fdinfo-2.img", descriptor(9, file: 99, type: 1))
        },
        RuleCase("fdinfo/duplicate-descriptor", "crash", "fdinfo-2.img", entry: 5, .entry) {
            try $0.append("fdinfo-2.img", descriptor(0, file: 4, type: 1))
        },
        RuleCase("fs/no-file", "crash", "fs-4888.img", entry: 0, .entry, others: ["files/unused"]) {
            try $0.replace("fs-4888.img", #""cwd_id": 8"#, #""cwd_id": 99"#)
        },
        RuleCase("files/duplicate-id", "crash", "files.img", entry: 9, .entry) { set in
            try set.edit("files.img") { text in
                let first = try #require(text.range(of: #"{"type": "REG", "id": 1,"#))
                let next = try #require(text.range(of: #", {"type": "REG", "id": 2,"#))
                return text.dropLast(2) + ", " + text[first.lowerBound..<next.lowerBound] + "]}"
            }
        },
        RuleCase("image/duplicate-id", "crash", "pipes-data.img", entry: 1, .entry) {
            try $0.append("pipes-data.img", MessageBuilder().varint(1, 4_285_372).varint(2, 0).varint(3, 65536))
        },
        RuleCase("image/duplicate-id", "files", "tty-data.img", entry: 2, .entry) {
            try $0.append("tty-data.img", MessageBuilder().varint(1, 1).text(2, "typed"))
        },
        RuleCase("image/duplicate-id", "files", "remap-fpath.img", entry: 11, .entry) {
            try $0.append("remap-fpath.img", MessageBuilder().varint(1, 27).varint(2, 1).varint(3, 1))
        },
        RuleCase("image/duplicate-id", "files", "memfd.img", entry: 2, .entry) { set in
            try set.edit("memfd.img") { text in
                let first = try #require(text.range(of: #"{"name": "secret stage2","#))
                let next = try #require(text.range(of: #", {"name": "new"#))
                return text.dropLast(2) + ", " + text[first.lowerBound..<next.lowerBound] + "]}"
            }
        },
        RuleCase("image/duplicate-id", "crash", "cgroup.img", entry: 0, .entry) { set in
            try set.edit("cgroup.img") { text in
                let first = try #require(text.range(of: #"{"id": 2, "ctls": ["#))
                let end = try #require(text.range(of: "}]}", range: first.upperBound..<text.endIndex))
                return text[..<end.upperBound] + ", " + text[first.lowerBound...]
            }
        },
        RuleCase("files/no-path", "files", "files.img", entry: 66, .entry, others: ["files/unused"]) {
            try $0.replace("files.img", #""regf_id": 67"#, #""regf_id": 999"#)
        },
        RuleCase("files/unused", "crash", "files.img", entry: 9, .entry) { set in
            try set.edit("files.img") { text in
                let first = try #require(text.range(of: #"{"type": "REG", "id": 1, "reg": {"id": 1,"#))
                let next = try #require(text.range(of: #", {"type": "REG", "id": 2,"#))
                let more = #"{"type": "REG", "id": 99, "reg": {"id": 99,"# + text[first.upperBound..<next.lowerBound]
                return text.dropLast(2) + ", " + more + "]}"
            }
        },
        RuleCase("files/no-mount", "container", "files.img", entry: 0, .entry) {
            try $0.replace("files.img", #""mnt_id": 433"#, #""mnt_id": 77"#)
        },
        RuleCase("memfd/no-inode", "files", "files.img", entry: 61, .entry) {
            try $0.replace("files.img", #""inode_id": 1"#, #""inode_id": 9"#)
        },
        RuleCase("tty/no-info", "files", "files.img", entry: 66, .entry) {
            try $0.replace("files.img", #""tty_info_id": 1"#, #""tty_info_id": 99"#)
        },
        RuleCase("epoll/no-target", "files", "files.img", entry: 58, .entry) {
            try $0.replace("files.img", #""tfd": 51"#, #""tfd": 999"#)
        },
        RuleCase("locks/no-descriptor", "files", "filelocks.img", entry: 0, .entry) {
            try $0.replace("filelocks.img", #""fd": 61"#, #""fd": 999"#)
        },
        RuleCase("pipes/unclaimed-data", "crash", "pipes-data.img", entry: 1, .entry) {
            try $0.append("pipes-data.img", MessageBuilder().varint(1, 77).varint(2, 0).varint(3, 65536))
        },
        RuleCase("remap/no-file", "files", "remap-fpath.img", entry: 11, .entry) {
            try $0.append("remap-fpath.img", MessageBuilder().varint(1, 999).varint(2, 1).varint(3, 1))
        },
        RuleCase("remap/no-target", "files", "remap-fpath.img", entry: 0, .entry) { try $0.remove("ghost-file-1.img") },
        RuleCase("ghost/unclaimed", "files", "ghost-file-20.img") { set in
            try set.write("ghost-file-20.img", set.bytes("ghost-file-1.img"))
        },
        RuleCase("ghost/bad-chunk", "files", "ghost-file-4.img", entry: 1, .at(60)) {
            try $0.replace("ghost-file-4.img", #""off": 0"#, #""off": 41943040"#)
        },
    ]

    /// Faults of sockets.
    static let sockets: [RuleCase] = [
        RuleCase("sockets/no-peer", "sockets", "files.img", entry: 30, .entry) {
            try $0.replace("files.img", #""peer": 4285144"#, #""peer": 77"#)
        },
        RuleCase("sockets/no-stream", "sockets", "files.img", entry: 7, .entry) {
            try $0.remove("tcp-stream-4162c1.img")
        },
        RuleCase("sockets/unclaimed-stream", "sockets", "tcp-stream-77.img") { set in
            try set.write("tcp-stream-77.img", set.bytes("tcp-stream-4162c1.img"))
        },
        RuleCase("sockets/no-receiver", "sockets", "sk-queues.img", entry: 0, .entry) {
            try $0.replace("sk-queues.img", #""id_for": 31"#, #""id_for": 999"#)
        },
        RuleCase("sockets/no-passed-file", "sockets", "sk-queues.img", entry: 0, .entry) {
            try $0.replace(
                "sk-queues.img", #""id_for": 31, "length": 13"#,
                #""id_for": 31, "length": 13, "scm": [{"type": 1, "rights": [999]}]"#)
        },
    ]

    private static func descriptor(_ number: UInt64, file: UInt64, type: UInt64) -> MessageBuilder {
        MessageBuilder().varint(1, file).varint(2, 0).varint(3, type).varint(4, number)
    }
}
