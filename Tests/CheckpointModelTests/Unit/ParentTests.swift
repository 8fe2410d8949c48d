import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import SystemPackage
import Testing

@Suite("Snapshots that build on others")
struct ParentTests {
    @Test("Each page comes from the newest snapshot that has it")
    func newest() throws {
        // Three pages: the oldest snapshot has all, the middle one the second, the newest one the third.
        var oldest = MemorySource()
        oldest.addPages([.run(0x1000, 3)], numberedPages(3))
        var middle = MemorySource()
        middle.addPages(
            [.run(0x1000, 1, flags: 1), .run(0x2000, 1), .run(0x3000, 1, flags: 1)], Array(repeating: 20, count: 4096))
        middle.parents = [oldest]
        var newest = MemorySource()
        newest.addMemory(
            .memory(areas: [.area(0x1000, 0x4000)]), runs: [.run(0x1000, 2, flags: 1), .run(0x3000, 1)],
            pages: Array(repeating: 30, count: 4096))
        newest.parents = [middle]
        let (memory, checkpoint) = try newest.memory()
        let bytes = try #require(memory.bytes(at: 0x1000..<0x4000).value)
        #expect([0, 0xFFF, 0x1000, 0x1FFF, 0x2000, 0x2FFF].map { bytes[$0] } == [1, 1, 20, 20, 30, 30])
        #expect(memory.segments.first?.pages.present == 1 && memory.segments.first?.pages.parent == 2)
        #expect(checkpoint.damage == [])
    }

    @Test("A page that the parent should have but has not")
    func absentInParent() throws {
        var parent = MemorySource()
        parent.addPages([.run(0x8000, 1)], numberedPages(1))
        var source = dependent()
        source.parents = [parent]
        #expect(try source.memory().memory.bytes(at: 0x1000..<0x1004).absence?.reason == .pagesAbsent)
    }

    @Test("No parent where a page is said to be in one")
    func missing() throws {
        let absence = try dependent().memory().memory.bytes(at: 0x1000..<0x1004).absence
        #expect(absence == Absence(.noImage, "the parent snapshot is not there"))
    }

    @Test("A parent without a page map of the process")
    func missingMap() throws {
        var source = dependent()
        source.parents = [MemorySource()]
        #expect(try source.memory().memory.bytes(at: 0x1000..<0x1004).absence?.reason == .noImage)
    }

    @Test("Damage in a parent is reported with its place")
    func damagedParent() throws {
        var parent = MemorySource()
        parent.addPages([.run(0x1000, 1)], numberedPages(1))
        parent["pagemap-1.img"] = parent["pagemap-1.img"].raw([9, 0, 0])
        var source = dependent()
        source.parents = [parent]
        let (memory, checkpoint) = try source.memory()
        #expect(memory.bytes(at: 0x1000..<0x1001) == .value([1]))
        #expect(checkpoint.damage.map(\.image) == ["parent/pagemap-1.img"])
        #expect(checkpoint.damage.first?.entry == 2)
    }

    // MARK: Links in folders

    @Test("Links that lead in a circle", arguments: [".", "../b"])
    func circle(_ target: String) throws {
        let folder = try ScratchFolder()
        try write(dependent(), to: folder, "a")
        try write(dependent(), to: folder, "b")
        try folder.link("a/parent", to: target)
        try folder.link("b/parent", to: "../a")
        let (absence, problems) = try read(folder)
        #expect(absence?.reason == .damaged)
        #expect(problems.map(\.code) == ["unreadable"])
        #expect(problems.first?.detail.hasSuffix("the parent snapshots form a circle") == true)
    }

    @Test("A link that leads nowhere")
    func danglingLink() throws {
        let folder = try ScratchFolder()
        try write(dependent(), to: folder, "a")
        try folder.link("a/parent", to: "../gone")
        let (absence, problems) = try read(folder)
        #expect(absence?.reason == .damaged)
        #expect(problems.map(\.image) == ["parent"])
    }

    @Test("A link that a tool has turned into a file with its text")
    func textFile() throws {
        let folder = try ScratchFolder()
        var parent = MemorySource()
        parent.addPages([.run(0x1000, 1)], numberedPages(1))
        try write(parent, to: folder, "b")
        try write(dependent(), to: folder, "a")
        try folder.write("a/parent", Array("../b".utf8))
        let (absence, problems) = try read(folder)
        #expect(absence == nil)
        #expect(problems == [])
    }

    @Test(
        "A file named parent that holds no path", arguments: [[], [0xFF, 0xFE], Array(repeating: 0x61, count: 5000)])
    func badTextFile(_ bytes: [UInt8]) throws {
        let folder = try ScratchFolder()
        try write(dependent(), to: folder, "a")
        try folder.write("a/parent", bytes)
        let (absence, problems) = try read(folder)
        #expect(absence?.reason == .damaged)
        #expect(problems.map(\.image) == ["parent"])
    }

    /// A dump with one page in its parent.
    private func dependent() -> MemorySource {
        var source = MemorySource()
        source.addMemory(.memory(arguments: (0x1000, 0x1004)), runs: [.run(0x1000, 1, flags: 1)], pages: [])
        return source
    }

    private func write(_ source: MemorySource, to folder: ScratchFolder, _ name: String) throws {
        try folder.makeFolder(name)
        for (image, bytes) in source.images { try folder.write("\(name)/\(image)", bytes) }
    }

    /// Why the page of the dump in the folder `a` cannot be read, and what is reported.
    private func read(_ folder: ScratchFolder) throws -> (Absence?, [Problem]) {
        let checkpoint = try Checkpoint(directory: FilePath(folder.path("a")))
        let memory = checkpoint.memory(of: try #require(checkpoint.process(1)))
        return (checkpoint.arguments(memory).absence, checkpoint.damage)
    }
}
