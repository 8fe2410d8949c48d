import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("Parts of memory that can be gone through at once")
struct MemoryPortionTests {
    private func space(
        _ runs: [MessageBuilder], pages: [UInt8], parent: (runs: [MessageBuilder], pages: [UInt8])? = nil
    )
        throws -> AddressSpace
    {
        var source = MemorySource()
        source.addMemory(.memory(areas: [.area(0, 1 << 40)]), runs: runs, pages: pages)
        if let parent {
            var older = MemorySource()
            older.addPages(parent.runs, parent.pages)
            source.parents = [older]
        }
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        return try #require(checkpoint.addressSpace(of: process).value)
    }

    @Test("A part ends where enough bytes have passed, wherever they are")
    func bytes() throws {
        let space = try space([.run(0x1000, 2), .run(0x10_0000, 4)], pages: numberedPages(6))
        let all: Range<UInt64> = 0..<(1 << 40)
        #expect(space.portion(of: all, 0x1000) == MemoryPortion(end: 0x2000, byteCount: 0x1000))
        #expect(space.portion(of: all, 0x2000) == MemoryPortion(end: 0x3000, byteCount: 0x2000))
        #expect(space.portion(of: all, 0x3000) == MemoryPortion(end: 0x10_1000, byteCount: 0x3000))
        #expect(space.portion(of: all, 0x7000) == MemoryPortion(end: 1 << 40, byteCount: 0x6000))
        #expect(space.portion(of: 0x2800..<0x10_0800, 0x7000) == MemoryPortion(end: 0x10_0800, byteCount: 0x1000))
        #expect(space.ownPages(in: 0x2000..<0x10_2000).present == 3)
        #expect(space.ownPages(in: 0x3000..<0x10_0000).total == 0)
    }

    @Test("Pages of a parent count as far as it has them; lazy and lost ones do not")
    func places() throws {
        let space = try space(
            [.run(0x1000, 1 << 20, flags: 1), .run(0x1_0000_0000 + 0x1000, 1 << 20, flags: 2)], pages: [],
            parent: ([.run(0x5000, 1), .run(0x80_0000, 1)], numberedPages(2)))
        let all: Range<UInt64> = 0..<(1 << 40)
        #expect(space.portion(of: all, 0x1000) == MemoryPortion(end: 0x6000, byteCount: 0x1000))
        #expect(space.portion(of: all, 0x2000) == MemoryPortion(end: 0x80_1000, byteCount: 0x2000))
        #expect(space.portion(of: all, 0x3000) == MemoryPortion(end: 1 << 40, byteCount: 0x2000))
    }

    @Test("However many runs there are, a part has a bounded number of them")
    func manyRuns() throws {
        let space = try space((1...5000).map { .run(UInt64($0) * 0x2000, 1, flags: 2) }, pages: [])
        let portion = space.portion(of: 0..<(1 << 40), 1)
        #expect(portion.byteCount == 0 && portion.end < 1100 * 0x2000)
    }
}
