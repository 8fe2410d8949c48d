import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("Areas that lie in others")
struct SegmentSpanTests {
    private func spans(_ areas: [(UInt64, UInt64)]) throws -> [SegmentSpan] {
        var source = MemorySource()
        source.addMemory(.memory(areas: areas.map { .area($0.0, $0.1) }), runs: [], pages: [])
        return SegmentSpan.spans(of: try source.memory().memory.segments)
    }

    @Test("An area goes on behind one that lies in it")
    func nested() throws {
        let found = try spans([(0x1000, 0x9000), (0x2000, 0x3000), (0x9000, 0xA000)])
        #expect(found.map(\.addresses) == [0x1000..<0x2000, 0x2000..<0x3000, 0x3000..<0x9000, 0x9000..<0xA000])
        #expect(found.map(\.segment) == [0, 1, 0, 2])
    }

    @Test("Areas that cross, are empty, or are the same")
    func hostile() throws {
        #expect(
            try spans([(0x1000, 0x5000), (0x3000, 0x7000)]).map(\.addresses) == [0x1000..<0x3000, 0x3000..<0x7000])
        #expect(try spans([(0x1000, 0x1000)]).isEmpty)
        #expect(try spans([(0x1000, 0x2000), (0x1000, 0x2000)]).map(\.segment) == [1])
        #expect(try spans([(0, .max)]).map(\.addresses) == [0..<(.max)])
    }

    @Test("Deep nests take time linear in the areas")
    func deep() throws {
        let count: UInt64 = 20_000
        let found = try spans((0..<count).map { ($0 * 16, (count * 2 - $0) * 16) })
        #expect(found.count == 2 * Int(count) - 1)
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.addresses.upperBound == $1.addresses.lowerBound })
    }
}
