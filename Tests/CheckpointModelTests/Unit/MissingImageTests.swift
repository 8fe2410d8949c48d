import CheckpointTestSupport
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

extension Checkpoint {
    /// The problems that are not the absence of an image, of which checkpoints made by hand lack most.
    var damage: [Problem] { problems.filter { $0.code != "no-image" } }
}

/// Images that others call for, and that are not there.
@Suite("Missing images")
struct MissingImageTests {
    /// Reads everything of `crash` without one image.
    private func checkpoint(without image: String) throws -> (Checkpoint, ScratchFolder) {
        let folder = try ScratchFolder(copyOf: .named("crash"), without: [image])
        let checkpoint = try Checkpoint(path: FilePath(folder.path))
        for process in checkpoint.processes.value ?? [] {
            _ = checkpoint.arguments(checkpoint.memory(of: process))
            _ = checkpoint.descriptors(of: process)
            _ = checkpoint.directories(of: process)
        }
        return (checkpoint, folder)
    }

    @Test(
        "Each is reported, by name",
        arguments: [
            "core-4888.img", "core-4889.img", "mm-4888.img", "pagemap-4888.img", "pages-1.img", "fdinfo-2.img",
            "files.img", "fs-4888.img", "ids-4888.img", "inventory.img",
        ])
    func reported(_ image: String) throws {
        let (checkpoint, _) = try checkpoint(without: image)
        #expect(checkpoint.problems.map(\.image).contains(image))
        #expect(checkpoint.problems.allSatisfy { $0.code == "no-image" })
    }

    @Test("Those that CRIU need not write are not", arguments: ["stats-dump", "seccomp.img", "timens-0.img"])
    func optional(_ image: String) throws {
        let (checkpoint, _) = try checkpoint(without: image)
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("Without a pages image no page counts as dumped")
    func pages() throws {
        let (checkpoint, folder) = try checkpoint(without: "pages-1.img")
        defer { withExtendedLifetime(folder) {} }
        let process = try #require(checkpoint.process(4888))
        let memory = try #require(checkpoint.memory(of: process).value)
        #expect(memory.pages.present == 0 && memory.pages.lost > 30)
        #expect(memory.dumpedBytes(memory.pages) == 0)
    }

    @Test("Without the parent snapshots their pages do not count as dumped, and it is said")
    func parents() throws {
        let folder = try ScratchFolder(copyOf: .named("chain/3"))
        defer { withExtendedLifetime(folder) {} }
        let checkpoint = try Checkpoint(path: FilePath(folder.path))
        let process = try #require(checkpoint.process(403))
        let memory = try #require(checkpoint.memory(of: process).value)
        #expect(memory.pages.parent > 0)
        #expect(memory.dumpedBytes(memory.pages) == memory.pages.present * memory.pageSize)
        #expect(checkpoint.problems.map(\.image) == ["parent"])
    }

    @Test("A parent snapshot without the page map that is called for")
    func parentPageMap() throws {
        var source = MemorySource()
        source.addMemory(.memory(areas: [.area(0x1000, 0x4000)]), runs: [.run(0x1000, 1, flags: 1)], pages: [])
        source.parents = [MemorySource()]
        let found = try source.memory()
        #expect(found.memory.parentAbsence?.reason == .noImage)
        #expect(found.checkpoint.problems.map(\.image).contains("parent/pagemap-1.img"))
    }
}
