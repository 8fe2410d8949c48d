import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

/// What `recover` writes: safe names, safe modes, all bytes, and an index that is true.
@Suite("Recovered files")
struct RecoverTests {
    private struct Index: Decodable {
        let files: [File]

        struct File: Decodable {
            let file, kind: String
            let failure: String?
            let size: Count
            let sha256: String?
            let missingParts: [Part]
            let uses: [Use]
            let messages: [Message]
        }

        /// A count, which beyond 2^53 is a string.
        struct Count: Decodable {
            let value: UInt64

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                let text = try? container.decode(String.self)
                value = try text.flatMap { UInt64($0) } ?? container.decode(UInt64.self)
            }
        }

        struct Part: Decodable {
            let offset, size: UInt64
            let reason: String
        }

        struct Use: Decodable {
            let kind: String
            let pid: Int?
            let fd: Int?
        }

        struct Message: Decodable {
            let offset, size: UInt64
            let files: [UInt32]
        }
    }

    private func index(_ folder: String) throws -> Index {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Index.self, from: Data(contentsOf: URL(filePath: folder + "/index.json")))
    }

    private func mode(_ path: String) throws -> UInt32 {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.uint32Value ?? 0
    }

    @Test(
        "Every file is as the index says, under a name of the tool's own, and for the user alone",
        arguments: ["files", "sockets", "memory", "container", "chain/3", "arm64", "s390x", "ppc64el"])
    func files(_ scenario: String) throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path("out")
        let run = try cryoscope("recover", images(scenario), "-o", folder)
        #expect(run.status == 0 && run.errorText == "", "\(run.errorText)")
        let index = try index(folder)
        #expect(!index.files.isEmpty)
        #expect(try mode(folder) == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.sorted() == (index.files.map(\.file) + ["index.json"]).sorted())
        for (number, file) in index.files.enumerated() {
            let path = folder + "/" + file.file
            #expect(file.file == "\(file.kind)-\(number + 1)")
            #expect(try mode(path) == 0o600)
            let bytes = ImageBytes(try scratch.bytes("out/" + file.file))
            #expect(UInt64(bytes.count) == file.size.value && bytes.sha256() == file.sha256, "\(path)")
            #expect(file.missingParts.isEmpty && file.failure == nil)
        }
    }

    @Test("What the workloads wrote is there")
    func contents() throws {
        let expected: [(String, String, String)] = [
            ("files", "ghost-1", "ghost content: the quick brown fox was here, unseen\n"),
            ("files", "pipe-9", "pipe-payload: unread in the pipe\n"), ("files", "fifo-12", "deleted-fifo-payload"),
            ("files", "unix-queue-13", "take these"), ("files", "tty-15", "typed at the keyboard\n"),
            ("sockets", "unix-queue-9", "packet 1packet number 2p3"),
            ("container", "tmpfs-4", "POSIX shared memory object"),
            ("container", "tmpfs-7", "notes on tmpfs: TMPFS-SECRET-3"),
        ]
        let scratch = try ScratchFolder()
        for (scenario, file, text) in expected {
            let folder = scratch.path(scenario)
            if !FileManager.default.fileExists(atPath: folder) {
                #expect(try cryoscope("recover", images(scenario), "-o", folder).status == 0)
            }
            let found = try String(contentsOf: URL(filePath: folder + "/" + file), encoding: .utf8)
            #expect(found.hasPrefix(text), "\(scenario), \(file): \(found)")
        }
    }

    @Test("Messages of a queue can be told apart, and their files named")
    func messages() throws {
        let scratch = try ScratchFolder()
        _ = try cryoscope("recover", images("sockets"), "-o", scratch.path("sockets"))
        let queue = try #require(try index(scratch.path("sockets")).files.first { $0.file == "unix-queue-9" })
        #expect(queue.messages.map(\.size) == [8, 15, 2] && queue.messages.map(\.offset) == [0, 8, 23])
        _ = try cryoscope("recover", images("files"), "-o", scratch.path("files"))
        let rights = try #require(try index(scratch.path("files")).files.first { $0.kind == "unix-queue" })
        #expect(rights.messages.map(\.files) == [[79, 76]])
        #expect(rights.uses.contains { $0.pid == 4736 && $0.fd == 69 })
    }

    @Test("Holes take no room")
    func sparse() throws {
        let scratch = try ScratchFolder()
        let folder = scratch.path("out")
        _ = try cryoscope("recover", images("files"), "-o", folder)
        let blocks = try ToolRun(URL(filePath: "/usr/bin/stat"), ["-c", "%s %b", folder + "/ghost-4"])
        let numbers = blocks.outputText.split { !$0.isNumber }.compactMap { Int($0) }
        #expect(numbers[0] == 41_943_040 && numbers[1] * 512 < 4 << 20)
    }

    @Test("Only what a process has to do with")
    func onePID() throws {
        let scratch = try ScratchFolder()
        let run = try cryoscope("recover", images("files"), "--pid", "4737", "-o", scratch.path("out"))
        #expect(run.status == 0 && run.outputText == "nothing to recover\n")
        #expect(try cryoscope("recover", images("files"), "--pid", "1", "-o", scratch.path("no")).status == 2)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("no")))
    }

    @Test("A folder that is not empty, a file, a link: nothing is touched")
    func refused() throws {
        let scratch = try ScratchFolder()
        try scratch.makeFolder("full")
        try scratch.write("full/there", [1])
        try scratch.write("file", [1])
        try FileManager.default.createDirectory(atPath: scratch.path("empty"), withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: scratch.path("empty"))
        for name in ["full", "file", "link"] {
            let run = try cryoscope("recover", images("files"), "-o", scratch.path(name))
            #expect(run.status == 2 && run.errorLines.count == 1 && run.outputText == "", "\(name)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("full")) == ["there"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("empty")).isEmpty)
        #expect(try cryoscope("recover", images("files"), "-o", scratch.path("empty")).status == 0)
    }

    @Test("What is missing is said, in the index and by the exit status")
    func missing() throws {
        let scratch = try ScratchFolder()
        let copy = scratch.path("images")
        try FileManager.default.copyItem(atPath: images("files"), toPath: copy)
        // The sparse file, cut within its chunks.
        let ghost = URL(filePath: copy + "/ghost-file-4.img")
        try Data(contentsOf: ghost).prefix(600_000).write(to: ghost)
        let run = try cryoscope("recover", copy, "-o", scratch.path("out"))
        #expect(run.status == 2 && run.errorText.contains("ghost-file-4.img"))
        let files = try index(scratch.path("out")).files
        let file = try #require(files.first { $0.file == "ghost-4" })
        #expect(file.sha256 == nil && file.missingParts.map(\.reason) == ["damaged"])
        #expect(file.missingParts[0].offset + file.missingParts[0].size == file.size.value)
        #expect(files.filter { $0.file != "ghost-4" }.allSatisfy { $0.sha256 != nil })
    }

    @Test("Sizes beyond reason are an error of that file alone")
    func hugeSize() throws {
        let scratch = try ScratchFolder()
        let copy = scratch.path("images")
        try FileManager.default.copyItem(atPath: images("files"), toPath: copy)
        let memfd = MessageBuilder().text(1, "huge").varint(2, 0).varint(3, 0).varint(4, 1 << 62).varint(5, 16339)
            .varint(6, 1).varint(7, 1)
        try Data(ImageBuilder(.memfdInode).entry(memfd).bytes).write(to: URL(filePath: copy + "/memfd.img"))
        let run = try cryoscope("recover", copy, "-o", scratch.path("out"))
        #expect(run.status == 2)
        let files = try index(scratch.path("out")).files
        #expect(files.filter { $0.failure != nil }.map(\.file) == ["memfd-7"])
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/memfd-7")))
        #expect(FileManager.default.fileExists(atPath: scratch.path("out/tty-14")))
    }
}
