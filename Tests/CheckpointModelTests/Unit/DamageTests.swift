import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Damaged images, and what is read all the same")
struct DamageTests {
    @Test("A tree that breaks off: the processes before, and where")
    func cutTree() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0), (2, 1), (3, 2)])
        let whole = try #require(source.images["pstree.img"])
        source.images["pstree.img"] = Array(whole.dropLast(3))
        let checkpoint = source.open()
        #expect(checkpoint.processes.value?.filter { $0.imageIndex != nil }.map(\.pid) == [1, 2])
        let problem = try #require(checkpoint.damage.first)
        #expect(checkpoint.damage.map(\.code) == ["size-beyond-end", "lost-processes"])
        #expect(problem.image == "pstree.img" && problem.entry == 2)
        #expect(problem.offset == 8 + 2 * 14)
        #expect(problem.description.hasPrefix("pstree.img, entry 2, byte 36: "))
    }

    @Test("A core image of one process")
    func badCore() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0), (2, 1)])
        source["core-2.img"] = ImageBuilder(.core).raw([4, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
        let checkpoint = source.open()
        #expect(checkpoint.process(1)?.name == .value("task-1"))
        #expect(checkpoint.process(2)?.name.absence?.reason == .damaged)
        #expect(checkpoint.damage.map(\.image) == ["core-2.img"])
        #expect(checkpoint.damage.first?.entry == 0)
    }

    @Test("A page map that breaks off: its runs, and absence told from damage")
    func cutPageMap() throws {
        var source = MemorySource()
        source.addMemory(.memory(), runs: [.run(0x1000, 1), .run(0x2000, 1)], pages: numberedPages(2))
        source["pagemap-1.img"] = source["pagemap-1.img"].raw([200, 0, 0, 0, 8])
        let (memory, checkpoint) = try source.memory()
        #expect(memory.bytes(at: 0x2000..<0x2001) == .value([2]))
        #expect(memory.bytes(at: 0x3000..<0x3001).absence?.reason == .damaged)
        #expect(checkpoint.damage.map(\.entry) == [3])
    }

    @Test("An area that ends before it begins is left out")
    func reversedArea() throws {
        var source = MemorySource()
        let areas: [MessageBuilder] = [.area(0x1000, 0x2000), .area(0x5000, 0x4000), .area(0x8000, 0x9000)]
        source.addMemory(.memory(areas: areas), runs: [], pages: [])
        let (memory, checkpoint) = try source.memory()
        #expect(memory.segments.map(\.addresses.lowerBound) == [0x1000, 0x8000])
        #expect(memory.segments.map(\.imageIndex) == [0, 2])
        #expect(checkpoint.damage.map(\.code) == ["bad-vma"])
    }

    @Test("Areas in any order are sorted, and overlaps are kept")
    func unsortedAreas() throws {
        var source = MemorySource()
        let areas: [MessageBuilder] = [.area(0x8000, 0x9000), .area(0x1000, 0x3000), .area(0x2000, 0x3000)]
        source.addMemory(.memory(areas: areas), runs: [.run(0x2000, 1)], pages: numberedPages(1))
        let segments = try source.memory().memory.segments
        #expect(segments.map(\.addresses.lowerBound) == [0x1000, 0x2000, 0x8000])
        #expect(segments.map(\.pages.present) == [1, 1, 0])
    }

    @Test("An image of another kind under a name")
    func wrongKind() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["mm-1.img"] = ImageBuilder(.fs).entry(MessageBuilder().varint(1, 1).varint(2, 1))
        let checkpoint = source.open()
        let memory = checkpoint.memory(of: try #require(checkpoint.process(1)))
        #expect(memory.absence?.reason == .damaged)
        #expect(checkpoint.damage.map(\.code) == ["unexpected-kind"])
    }

    @Test("Empty images, and images without entries")
    func emptyImages() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source.images["mm-1.img"] = []
        source["fs-1.img"] = ImageBuilder(.fs)
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        #expect(checkpoint.memory(of: process).absence?.reason == .damaged)
        #expect(checkpoint.directories(of: process).absence == Absence(.notRecorded, "fs-1.img has no entry"))
        #expect(checkpoint.damage.map(\.code) == ["too-short"])
    }

    @Test("A problem is listed once, however often its image is asked for")
    func once() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source.images["mm-1.img"] = [1, 2, 3]
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        for _ in 0..<3 { #expect(checkpoint.memory(of: process).value == nil) }
        #expect(checkpoint.damage.count == 1)
    }

    @Test("A descriptor of a file that no image lists")
    func unlistedFile() throws {
        let checkpoint = try withDescriptor(type: 1)
        let process = try #require(checkpoint.process(1))
        let descriptors = try #require(checkpoint.descriptors(of: process).value)
        #expect(descriptors.map(\.file.absence?.reason) == [.noImage])
        #expect(descriptors.map(\.isClosedOnExec) == [true])
    }

    @Test("A descriptor of a type that has no name")
    func unknownType() throws {
        let checkpoint = try withDescriptor(type: 99)
        let process = try #require(checkpoint.process(1))
        let descriptors = try #require(checkpoint.descriptors(of: process).value)
        #expect(descriptors.map(\.type.rawValue) == [99])
        #expect(descriptors.map(\.type.name) == [nil])
    }

    /// Each image of a real dump is cut in half, one after the other.
    @Test("Whatever image is cut, the rest is read", arguments: Scenario.named("crash").images.map(\.fileName))
    func halves(_ image: String) throws {
        let scenario = Scenario.named("crash")
        var source = MemorySource()
        for file in scenario.images { source.images[file.fileName] = try file.bytes() }
        let whole = try #require(source.images[image])
        source.images[image] = Array(whole.prefix(whole.count / 2))
        let checkpoint = source.open()
        for process in checkpoint.processes.value ?? [] {
            let memory = checkpoint.memory(of: process)
            _ = (checkpoint.arguments(memory), checkpoint.environment(memory), checkpoint.executable(memory))
            _ = (checkpoint.descriptors(of: process), checkpoint.directories(of: process))
        }
        // The images that are not read yet cannot be found damaged.
        let isRead = Self.imagesRead.contains { image.hasPrefix($0) }
        #expect(checkpoint.damage.isEmpty != isRead, "\(checkpoint.damage)")
        #expect(checkpoint.damage.allSatisfy { $0.image == image || image.hasPrefix("pages-") })
    }

    private static let imagesRead = [
        "core-", "fdinfo-", "files.img", "fs-", "ids-", "inventory", "mm-", "pagemap-", "pages-", "pstree", "stats-",
    ]

    private func withDescriptor(type: UInt64) throws -> Checkpoint {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["ids-1.img"] = ImageBuilder(.ids).entry(
            MessageBuilder().varint(1, 1).varint(2, 5).varint(3, 1).varint(4, 1))
        source["fdinfo-5.img"] = ImageBuilder(.fdinfo).entry(
            MessageBuilder().varint(1, 7).varint(2, 1).varint(3, type).varint(4, 0))
        return source.open()
    }
}
