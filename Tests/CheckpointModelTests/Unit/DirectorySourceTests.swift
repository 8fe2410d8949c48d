import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import FoundationEssentials
import SystemPackage
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("Folders of images")
struct DirectorySourceTests {
    @Test("A link that is named like an image is not followed")
    func link() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"), without: ["files.img"])
        try folder.link("files.img", to: Scenario.named("crash").image("files.img").url.path)
        try expectRefusal(in: folder)
    }

    @Test("A FIFO that is named like an image is not opened")
    func fifo() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"), without: ["files.img"])
        #expect(mkfifo(folder.path("files.img"), 0o600) == 0)
        try expectRefusal(in: folder)
    }

    @Test("A folder that is named like an image")
    func folder() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"), without: ["files.img"])
        try folder.makeFolder("files.img")
        try expectRefusal(in: folder)
    }

    @Test("A folder without images is not a checkpoint")
    func noCheckpoint() throws {
        let folder = try ScratchFolder()
        #expect(throws: CheckpointError.self) { try Checkpoint(directory: FilePath(folder.path)) }
        try folder.write("pages-1.img", [])
        let error = #expect(throws: CheckpointError.self) { try Checkpoint(directory: FilePath(folder.path)) }
        #expect(error?.path.string == folder.path)
        #expect(
            error?.detail
                == "is not a checkpoint: neither inventory.img nor pstree.img nor images of processes are in it")
    }

    @Test("What cannot be opened at all", arguments: ["gone", "file"])
    func unopened(_ name: String) throws {
        let folder = try ScratchFolder()
        try folder.write("file", [1])
        let error = #expect(throws: CheckpointError.self) { try Checkpoint(directory: FilePath(folder.path(name))) }
        #expect(error?.detail.hasPrefix("cannot be opened: ") == true)
    }

    @Test("The version of CRIU, by the log of the dump")
    func version() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        let without = try Checkpoint(directory: FilePath(folder.path))
        #expect(without.inventory.value?.criuVersion.absence?.reason == .noImage)
        try folder.write("dump.log", Array("(00.000000) Version: 4.2 (gitid v4.2)\n(00.1) Running\n".utf8))
        let with = try Checkpoint(directory: FilePath(folder.path))
        #expect(with.inventory.value?.criuVersion == .value("4.2"))
        try folder.write("dump.log", [0xFF, 0x0A, 0])
        let bad = try Checkpoint(directory: FilePath(folder.path))
        #expect(bad.inventory.value?.criuVersion.absence?.reason == .notRecorded)
    }

    private func expectRefusal(in folder: ScratchFolder) throws {
        let checkpoint = try Checkpoint(directory: FilePath(folder.path))
        let process = try #require(checkpoint.processes.value?.first)
        let files = try #require(checkpoint.descriptors(of: process).value).map(\.file)
        #expect(!files.isEmpty && files.allSatisfy { $0.absence?.reason == .damaged })
        #expect(checkpoint.damage.map(\.description) == ["files.img: not a regular file"])
    }
}
