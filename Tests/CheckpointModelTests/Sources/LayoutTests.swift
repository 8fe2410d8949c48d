import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

@Suite("Directories as engines and runtimes leave them")
struct LayoutTests {
    private func open(_ path: String, container: String? = nil) throws -> Checkpoint {
        var options = OpenOptions()
        options.container = container
        return try Checkpoint(path: FilePath(path), options)
    }

    private func copy(_ name: String, to folder: ScratchFolder, _ path: String) throws {
        try folder.makeFolder(path)
        for image in Scenario.named(name).images {
            try FileManager.default.copyItem(at: image.url, to: folder.url.appending(path: path + "/" + image.fileName))
        }
    }

    private func text(_ checkpoint: Checkpoint, _ name: String) -> ByteText? {
        checkpoint.library.source.attachment(name)?.value.map { ByteText($0.copy(0..<$0.count)) }
    }

    private func firstArgument(_ checkpoint: Checkpoint, _ pid: Int) throws -> ByteText? {
        checkpoint.arguments(checkpoint.memory(of: try #require(checkpoint.process(pid)))).value?.first
    }

    @Test("A chain of snapshots of which the last one failed")
    func failedChain() throws {
        let folder = try ScratchFolder()
        for link in ["1", "2", "3"] { try copy("chain/\(link)", to: folder, link) }
        try folder.link("2/parent", to: "../1")
        try folder.link("3/parent", to: "../2")
        for name in ["inventory.img", "pstree.img"] {
            try FileManager.default.removeItem(atPath: folder.path("3/" + name))
        }
        let checkpoint = try open(folder.path)
        #expect(checkpoint.processes.value?.map(\.pid) == [403, 406, 407])
        #expect(try firstArgument(checkpoint, 403) == "./wl")
        #expect(checkpoint.problems.map(\.image) == ["inventory.img", "pstree.img"])
    }

    @Test("An archive that somebody has unpacked")
    func unpacked() throws {
        let folder = try ScratchFolder()
        let archive = Scenario.fixtures.appending(path: "archives/shelltree.tar").path
        #expect(try ToolRun(URL(filePath: "/usr/bin/env"), ["tar", "-xf", archive, "-C", folder.path]).status == 0)
        let checkpoint = try open(folder.path)
        #expect(checkpoint.container.value?.name.value == "web")
        #expect(checkpoint.processes.value?.map(\.pid) == [1, 8, 10, 9])
        #expect(checkpoint.problems == [])
        let names = checkpoint.library.source.attachmentNames
        #expect(names.contains("volumes/notes.tar") && names.contains("rootfs-diff.tar"))
        #expect(names.contains("checkpoint/descriptors.json"))
        #expect(!names.contains { $0.hasSuffix(".img") })
        // The folder of images alone knows its neighbours.
        let inner = try open(folder.path("checkpoint"))
        #expect(inner.container.value?.name.value == "web")
        #expect(inner.inventory.value?.frozenMicroseconds.value != nil)
    }

    @Test("Docker's configuration, two levels above the images")
    func docker() throws {
        let folder = try ScratchFolder()
        try copy("crash", to: folder, "0123/checkpoints/one")
        try folder.write("0123/config.v2.json", Array(#"{"ID":"0123"}"#.utf8))
        #expect(text(try open(folder.path("0123/checkpoints/one")), "config.v2.json") == #"{"ID":"0123"}"#)
        // By a link to the images too, but not by a link in place of the configuration.
        try folder.link("link", to: "0123/checkpoints/one")
        #expect(text(try open(folder.path("link")), "config.v2.json") != nil)
        try FileManager.default.removeItem(at: folder.url.appending(path: "0123/config.v2.json"))
        try folder.link("0123/config.v2.json", to: "/etc/passwd")
        #expect(text(try open(folder.path("0123/checkpoints/one")), "config.v2.json") == nil)
    }

    @Test("A file of that name elsewhere is not taken for Docker's")
    func notDocker() throws {
        let folder = try ScratchFolder()
        try copy("crash", to: folder, "a/b")
        try folder.write("config.v2.json", Array("{}".utf8))
        #expect(text(try open(folder.path("a/b")), "config.v2.json") == nil)
    }

    @Test("Images and the directory of the dump's log side by side")
    func workPath() throws {
        let folder = try ScratchFolder()
        try copy("crash", to: folder, "images")
        try FileManager.default.removeItem(at: folder.url.appending(path: "images/stats-dump"))
        try folder.makeFolder("work")
        try folder.write("work/stats-dump", try Scenario.named("crash").image("stats-dump").bytes())
        try folder.write("work/dump.log", Array("(00.000000) Version: 4.2 (gitid v4.2)\n".utf8))
        let checkpoint = try open(folder.path)
        #expect(checkpoint.inventory.value?.criuVersion == .value("4.2"))
        #expect(checkpoint.inventory.value?.frozenMicroseconds.value != nil)
        #expect(try firstArgument(checkpoint, 4888) == "crash")
    }

    @Test("A chain of snapshots, by the directory that holds all of them")
    func chain() throws {
        let checkpoint = try open(Scenario.fixtures.appending(path: "chain").path)
        #expect(try firstArgument(checkpoint, 403) == "./wl")
        #expect(checkpoint.problems == [])
    }

    @Test("Podman's pre-checkpoint beside the checkpoint")
    func preCheckpoint() throws {
        let folder = try ScratchFolder()
        try copy("chain/2", to: folder, "pre-checkpoint")
        try copy("chain/3", to: folder, "checkpoint")
        try folder.write("config.dump", Array(#"{"name": "web"}"#.utf8))
        try folder.link("checkpoint/parent", to: "../pre-checkpoint")
        let checkpoint = try open(folder.path)
        #expect(checkpoint.container.value?.name.value == "web")
        #expect(checkpoint.processes.value?.count == 3)
        // Without the link it is still the checkpoint that counts, and a pre-checkpoint alone is one too.
        try FileManager.default.removeItem(at: folder.url.appending(path: "checkpoint/parent"))
        #expect(try open(folder.path).processes.value?.count == 3)
        try FileManager.default.removeItem(at: folder.url.appending(path: "checkpoint"))
        #expect(try open(folder.path).processes.absence?.reason == .noImage)
    }

    // MARK: Several containers

    private func pod() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write("pod.options", Array(#"{"version": 1, "containers": {"web": "ctr-web"}}"#.utf8))
        for (name, scenario) in [("web", "crash"), ("db", "tree")] {
            try copy(scenario, to: folder, name + "/checkpoint")
            try folder.write(name + "/config.dump", Array(#"{"id": "\#(name)0123", "name": "ctr-\#(name)"}"#.utf8))
        }
        return folder
    }

    @Test("Of several containers one has to be chosen")
    func several() throws {
        let folder = try pod()
        let error = #expect(throws: CheckpointError.self) { try open(folder.path) }
        #expect(
            error?.detail
                == "holds several containers, of which one has to be chosen: db (ctr-db), web (ctr-web)")
        for choice in ["web", "ctr-web", "web0"] {
            let checkpoint = try open(folder.path, container: choice)
            #expect(checkpoint.container.value?.name.value == "ctr-web")
            #expect(try firstArgument(checkpoint, 4888) == "crash")
        }
        let other = #expect(throws: CheckpointError.self) { try open(folder.path, container: "x\u{1B}") }
        #expect(other?.detail == "holds no container x\\x1b, but db (ctr-db), web (ctr-web)")
    }

    @Test("The same in an archive, and as archives in an archive")
    func podArchives() throws {
        let folder = try pod()
        let tar = URL(filePath: "/usr/bin/env")
        #expect(try ToolRun(tar, ["tar", "-cf", "../pod.tar", "."], in: folder.url).status == 0)
        defer { try? FileManager.default.removeItem(at: folder.url.appending(path: "../pod.tar")) }
        let whole = try open(folder.path("../pod.tar"), container: "web")
        #expect(try firstArgument(whole, 4888) == "crash")
        for name in ["web", "db"] {
            #expect(try ToolRun(tar, ["tar", "-czf", name + ".tar.gz", "-C", name, "."], in: folder.url).status == 0)
            try FileManager.default.removeItem(at: folder.url.appending(path: name))
        }
        #expect(try ToolRun(tar, ["tar", "-cf", "../pod.tar", "."], in: folder.url).status == 0)
        let nested = try open(folder.path("../pod.tar"), container: "ctr-web")
        #expect(try firstArgument(nested, 4888) == "crash")
        #expect(nested.sourceFiles.prefix(2).map(\.kind) == [.archive, .archive])
        #expect(nested.sourceFiles.contains { $0.name == "web.tar.gz/checkpoint/pstree.img" })
        #expect(try firstArgument(try open(folder.path, container: "web.tar.gz"), 4888) == "crash")
    }

    // MARK: Safety

    @Test(
        "Names from evidence open nothing outside of the source",
        arguments: ["../secret", "/etc/passwd", "a/../../secret"])
    func escape(_ name: String) throws {
        let folder = try ScratchFolder()
        try copy("crash", to: folder, "images")
        try folder.write("secret", [1])
        let checkpoint = try open(folder.path("images"))
        #expect(checkpoint.library.source.attachment(name) == nil)
        #expect(throws: (any Error).self) { try checkpoint.library.source.bytes(of: name) }
    }

    @Test("Links to directories are not followed")
    func linkedFolder() throws {
        let folder = try ScratchFolder()
        try copy("crash", to: folder, "real")
        try folder.makeFolder("case")
        try folder.link("case/checkpoint", to: "../real")
        #expect(throws: CheckpointError.self) { try open(folder.path("case")) }
    }
}
