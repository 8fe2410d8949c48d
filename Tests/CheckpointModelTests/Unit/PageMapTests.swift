import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("Page maps, right and wrong")
struct PageMapTests {
    @Test("Where runs are: flags of every sort")
    func flags() throws {
        let runs: [MessageBuilder] = [
            .run(0x1000, 2), .run(0x4000, 1, flags: 1), .run(0x6000, 1, flags: 2), .run(0x8000, 1, flags: 6),
            .run(0xA000, 1, flags: 5),
        ]
        let (found, problems) = try read(runs, numberedPages(3))
        #expect(
            found.map(\.location) == [
                .image(offset: 0), .parent, .lazy, .image(offset: 0x2000), .parent,
            ])
        #expect(found.map(\.pageCount) == [2, 1, 1, 1, 1])
        #expect(problems == [])
    }

    @Test("Runs older than flags: the pages are there, unless in_parent says otherwise")
    func oldRuns() throws {
        let runs: [MessageBuilder] = [
            .oldRun(0x1000, 2), .oldRun(0x4000, 1, inParent: true), .oldRun(0x6000, 1, inParent: false),
        ]
        let (found, problems) = try read(runs, numberedPages(3))
        #expect(found.map(\.location) == [.image(offset: 0), .parent, .image(offset: 0x2000)])
        #expect(found.map(\.pageCount) == [2, 1, 1])
        #expect(problems == [])
    }

    @Test("The 64-bit count holds where there are two")
    func counts() throws {
        let run = MessageBuilder().varint(1, 0x1000).varint(2, 1).varint(4, 4).varint(5, 2)
        #expect(try read([run], numberedPages(2)).runs.map(\.pageCount) == [2])
    }

    @Test("Runs without pages are left out")
    func emptyRuns() throws {
        let (found, problems) = try read([.run(0x1000, 0), .run(0x1000, 1), .run(0, 0)], numberedPages(1))
        #expect(found == [PageRun(address: 0x1000, pageCount: 1, location: .image(offset: 0))])
        #expect(problems == [])
    }

    @Test("A run that overlaps the one before is left out, but its pages are counted")
    func overlap() throws {
        let (found, problems) = try read([.run(0x1000, 2), .run(0x2000, 1), .run(0x4000, 1)], numberedPages(4))
        #expect(found.map(\.address) == [0x1000, 0x4000])
        #expect(found.last?.location == .image(offset: 0x3000))
        #expect(problems.map(\.entry) == [2])
        #expect(problems.first?.image == "pagemap-1.img" && problems.first?.code == "bad-pagemap")
        #expect(problems.first?.offset != nil)
    }

    @Test("A run that is below the one before is left out")
    func unsorted() throws {
        let (found, problems) = try read([.run(0x4000, 1), .run(0x1000, 1)], numberedPages(2))
        #expect(found.map(\.address) == [0x4000])
        #expect(problems.map(\.detail) == ["its addresses overlap those before it"])
    }

    @Test("What of a run is beyond the pages image is reported, and lost")
    func beyondEnd() throws {
        let (found, problems) = try read([.run(0x1000, 1), .run(0x3000, 2), .run(0x8000, 1)], numberedPages(2))
        #expect(
            found == [
                PageRun(address: 0x1000, pageCount: 1, location: .image(offset: 0)),
                PageRun(address: 0x3000, pageCount: 1, location: .image(offset: 4096)),
                PageRun(address: 0x4000, pageCount: 1, location: .lost),
                PageRun(address: 0x8000, pageCount: 1, location: .lost),
            ])
        #expect(problems.map(\.entry) == [2, 3])
        #expect(Set(problems.map(\.detail)) == ["its pages are not in the pages image"])
    }

    @Test("Pages that no flag gives a place are lost, not lazy")
    func noPlace() throws {
        let (found, _) = try read([.run(0x1000, 1, flags: 0), .run(0x2000, 1, flags: 2)], numberedPages(1))
        #expect(found.map(\.location) == [.lost, .lazy])
    }

    @Test("A run of more pages than there are addresses")
    func huge() throws {
        let (found, problems) = try read([.run(0x1000, .max), .run(0x2000, 1)], numberedPages(1))
        #expect(found.map(\.address) == [0x1000, 0x2000])
        #expect(found.map(\.location) == [.image(offset: 0), .lost])
        #expect(problems.count == 3)
    }

    @Test("Pages are read from where the runs say")
    func contents() throws {
        var source = MemorySource()
        let runs: [MessageBuilder] = [.run(0x1000, 2), .run(0x4000, 1, flags: 2), .run(0x5000, 2)]
        source.addMemory(.memory(), runs: runs, pages: numberedPages(4))
        let memory = try source.memory().memory
        #expect(memory.bytes(at: 0x1FFE..<0x2002) == .value([1, 1, 2, 2]))
        #expect(memory.bytes(at: 0x5FFF..<0x6001) == .value([3, 4]))
        #expect(memory.bytes(at: 0x6FFF..<0x7001).absence?.reason == .pagesAbsent)
        #expect(memory.bytes(at: 0x2FFF..<0x3001).absence?.detail.contains("0x3000") == true)
        #expect(memory.bytes(at: 0x0..<0x0) == .value([]))
    }

    @Test("The page size: as the process was told, else by the pages image", arguments: [4096, 16384, 65536])
    func pageSize(_ size: Int) throws {
        let runs: [MessageBuilder] = [.run(0x100000, 2), .run(0x200000, 1)]
        for told in [UInt64(size), nil] {
            var source = MemorySource()
            source.addMemory(.memory(pageSize: told), runs: runs, pages: numberedPages(3, size: size))
            let (memory, checkpoint) = try source.memory()
            #expect(memory.pageSize == UInt64(size))
            #expect(memory.bytes(at: 0x200000..<0x200002) == .value([3, 3]))
            #expect(checkpoint.damage == [])
        }
    }

    @Test("A page size that no machine has is not believed", arguments: [0, 1, 4095, 5000, 1 << 40])
    func implausibleSize(_ size: UInt64) throws {
        var source = MemorySource()
        source.addMemory(.memory(pageSize: size), runs: [.run(0x1000, 1)], pages: numberedPages(1))
        #expect(try source.memory().memory.pageSize == 4096)
    }

    private func read(_ runs: [MessageBuilder], _ pages: [UInt8]) throws -> (runs: [PageRun], problems: [Problem]) {
        var source = MemorySource()
        source.addMemory(.memory(), runs: runs, pages: pages)
        let (memory, checkpoint) = try source.memory()
        return (try #require(memory.pageRuns.value), checkpoint.damage)
    }
}
