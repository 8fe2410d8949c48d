import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

@Suite("Exit statuses and messages")
struct UsageTests {
    @Test("Help and version")
    func help() throws {
        let help = try cryoscope("--help")
        #expect(help.status == 0 && help.errorText == "")
        for command in [
            "show", "ps", "threads", "signals", "env", "maps", "files", "sockets", "recover", "export", "decode",
            "encode", "info", "x",
        ] {
            #expect(help.outputText.contains("\n  \(command) "), "\(command)")
            #expect(try cryoscope(command, "--help").status == 0)
        }
        #expect(try cryoscope("--version").outputText == "0.1.0\n")
    }

    @Test(
        "Wrong usage is status 64",
        arguments: [
            ["nope"], ["ps"], ["x", "dir"], ["x", "dir", "nope"], ["decode", "--nope"], ["ps", "a", "b"],
            ["ps", "a", "--pid", "x"], ["encode", "--byte-order", "middle"], ["show"], ["recover", "a"],
        ])
    func usage(_ arguments: [String]) throws {
        let run = try cryoscope(arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty && run.errorText.hasPrefix("Error: "))
    }

    private static let commands = ["show", "ps", "threads", "signals", "env", "maps", "files", "export"]

    @Test(
        "No such path, an empty folder, a file that is no image: one line, status 2", arguments: commands + ["sockets"])
    func noCheckpoint(_ command: String) throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("empty")
        try folder.write("file", Array("neither image nor folder".utf8))
        for name in ["gone", "empty", "file"] {
            let run = try cryoscope(command, folder.path(name))
            #expect(run.status == 2, "\(name)")
            #expect(run.output.isEmpty && run.errorLines.count == 1, "\(name): \(run.errorText)")
            #expect(run.errorText.contains(command == "show" && name != "empty" ? name : folder.path(name)))
        }
    }

    @Test("A process that is not there", arguments: ["ps", "threads", "signals", "env", "maps", "files", "sockets"])
    func unknownProcess(_ command: String) throws {
        let run = try cryoscope(command, images("crash"), "--pid", "5")
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errorText == "cryoscope: \(images("crash")) has no process 5\n")
    }

    @Test("Only the processes that were asked for, in the order of the tree")
    func processes() throws {
        let run = try cryoscope("ps", images("tree"), "--pid", "4679", "--pid", "4678", "--json")
        #expect(run.status == 0)
        #expect(try isJSON(run.output))
        let pids = run.outputText.split(separator: "\n").filter { $0.contains("\"pid\": ") }
        #expect(pids.map { $0.filter(\.isNumber) } == ["4678", "4679"])
    }

    @Test("Damage in a checkpoint: all the rest, a line for each problem, status 2", arguments: commands)
    func damage(_ command: String) throws {
        let folder = try ScratchFolder(copyOf: .named("crash"), without: ["fdinfo-2.img", "core-4890.img"])
        try folder.write("fdinfo-2.img", Array(try image("crash", "fdinfo-2.img").bytes().dropLast(1)))
        try folder.write("core-4890.img", [1, 2, 3])
        let run = try cryoscope(command, folder.path)
        #expect(run.status == 2)
        #expect(run.outputText.contains("4888"))
        // These have no need of the descriptors.
        let readsFiles = !["threads", "signals", "env"].contains(command)
        #expect(run.errorLines.count == (readsFiles ? 2 : 1))
        #expect(run.errorLines.allSatisfy { $0.hasPrefix("cryoscope: \(folder.path): ") })
        #expect(run.errorText.contains("core-4890.img, byte 3: "))
        #expect(run.errorText.contains("fdinfo-2.img, entry 4, byte ") == readsFiles)
        if command == "export" {
            #expect(try isJSON(run.output))
            #expect(run.outputText.contains("\"code\": \"size-beyond-end\""))
        }
    }

    @Test("A pre-dump has no processes: what there is, a line, status 2", arguments: commands + ["sockets"])
    func predump(_ command: String) throws {
        let run = try cryoscope(command, images("chain/1"))
        #expect(run.status == 2)
        #expect(run.errorText.hasSuffix("no processes: pstree.img is not there\n") && run.errorLines.count == 1)
    }

    @Test("Hostile numbers do not stop any command", arguments: commands)
    func hostileNumbers(_ command: String) throws {
        let folder = try ScratchFolder()
        for (name, bytes) in hostileImages() { try folder.write(name, bytes) }
        let run = try cryoscope(command, folder.path)
        #expect(run.status == 0 || run.status == 2, "\(run.errorText)")
        #expect(
            run.outputText.contains("18446744073709551615") || run.outputText.contains("4294967295"), "\(run.errorText)"
        )
        for subject in ["ps", "fds", "mems", "rss", "sk"] {
            #expect([0, 2].contains(try cryoscope("x", folder.path, subject).status), "\(subject)")
        }
    }
}

/// A checkpoint of one process in which every number is as large as it can be, and areas overlap.
private func hostileImages() -> [(String, [UInt8])] {
    let (pid, large, most) = (UInt64(UInt32.max), UInt64(UInt32.max), UInt64.max)
    let tree = MessageBuilder().varint(1, pid).varint(2, 0).varint(3, large).varint(4, large).varint(5, pid)
    let task = (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), $1 == 1 ? large : most) }.text(6, "hostile")
    let core = MessageBuilder().varint(1, 0x7FFF_FFFF).message(3, task)
        .message(4, (1...4).reduce(MessageBuilder()) { $0.varint(UInt32($1), large) })
    let area = MessageBuilder().varint(1, 0).varint(2, most).varint(3, most).varint(4, most).varint(5, large)
        .varint(6, large).varint(7, 0x201).zigzag(8, -1)
    let bounds = (1...11).reduce(MessageBuilder()) { $0.varint(UInt32($1), $1 % 2 == 0 ? most : 0) }.varint(12, large)
    let memory = (0..<3).reduce(bounds) { memory, _ in memory.message(14, area) }
    let descriptor = MessageBuilder().varint(1, large).varint(2, large).varint(3, 0x7FFF_FFFF).varint(4, large)
    let run = MessageBuilder().varint(1, 0).varint(2, large).varint(4, 4).varint(5, most)
    return [
        ("inventory.img", ImageBuilder(.inventory).entry(MessageBuilder().varint(1, large)).bytes),
        ("pstree.img", ImageBuilder(.pstree).entry(tree).bytes),
        ("core-\(pid).img", ImageBuilder(.core).entry(core).bytes),
        ("mm-\(pid).img", ImageBuilder(.mm).entry(memory).bytes),
        ("fdinfo-\(large).img", ImageBuilder(.fdinfo).entry(descriptor).bytes),
        ("pagemap-\(pid).img", ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, large)).entry(run).bytes),
        ("pages-\(large).img", []),
    ]
}
