import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Differences of hostile memory")
struct HostileMemoryTests {
    /// Compares, and expects that it takes no time to speak of.
    private func differences(_ before: MadeCheckpoint, _ after: MadeCheckpoint) throws -> MemoryDifference {
        try quickly { try Comparison(before.checkpoint, after.checkpoint).process(1) }
    }

    @Test("Huge areas with few pages are not gone through page by page")
    func hugeAreas() throws {
        let area = [MessageBuilder.vma(0x1000..<0x7FFF_FFFF_F000)]
        let before = try MadeCheckpoint(area, [(0x10_0000, filled(1)), (0x7000_0000_0000, filled(2))])
        let after = try MadeCheckpoint(area, [(0x10_0000, filled(1)), (0x7000_0000_0000, filled(3))])
        let found = try differences(before, after)
        #expect(found.pages.map(PageFacts.init) == [PageFacts(0x7000_0000_0000..<0x7000_0000_1000, .modified)])
    }

    @Test("Areas and page runs up to the end of all addresses")
    func lastAddresses() throws {
        let end = UInt64.max
        let area = [MessageBuilder.vma(0..<end)]
        func made(_ count: UInt64, flags: UInt64) throws -> MadeCheckpoint {
            try MadeCheckpoint(
                areas: area, [.init(runs: [.run(0x1000, count, flags: flags)], pages: filled(1))])
        }
        let lazy = try made(1 << 60, flags: 2), lost = try made(1 << 60, flags: 4), parent = try made(1 << 60, flags: 1)
        for (one, other) in [(lazy, lost), (lost, parent), (parent, lazy), (lazy, lazy), (parent, parent)] {
            let found = try differences(one, other)
            #expect(found.counts.unknown >= 1 << 50)
        }
    }

    @Test("Areas that overlap and are not of whole pages, runs at odd addresses and outside of areas")
    func oddAreas() throws {
        let areas: [MessageBuilder] = [
            .vma(0x1234..<0x9876), .vma(0x2000..<0x3001), .vma(0x2FFF..<0x8000), .vma(0x2FFF..<0x2FFF),
            .area(0x9000, 0x1000),
        ]
        let runs: [MessageBuilder] = [.run(0x800, 2), .run(0x2801, 1), .run(0x8123, 3), .run(0x2_0000, 1)]
        let before = try MadeCheckpoint(areas: areas, [.init(runs: runs, pages: filled(1, pages: 7))])
        var bytes = filled(1, pages: 7)
        bytes[3 * 4096] = 2
        let after = try MadeCheckpoint(areas: areas, [.init(runs: runs, pages: bytes)])
        let found = try differences(before, after)
        // The byte at 0x8123 and no other.
        #expect(found.pages.count == 1 && found.pages[0].addresses.contains(0x8123))
        #expect(found.areas.isEmpty && found.counts.modified == 1)
    }

    @Test("Many small runs on one side, and one large run on the other")
    func unevenRuns() throws {
        let count = 10_000
        let area = [MessageBuilder.vma(0x10_0000..<(0x10_0000 + UInt64(count) * 4096))]
        let lazy = (0..<count).map { MessageBuilder.run(0x10_0000 + UInt64($0) * 4096, 1, flags: $0 % 2 == 0 ? 2 : 1) }
        let before = try MadeCheckpoint(
            areas: area,
            [
                .init(runs: lazy, pages: []),
                .init(runs: [.run(0x10_0000, UInt64(count))], pages: filled(1, pages: count)),
            ])
        let after = try MadeCheckpoint(area, [(0x10_0000, filled(1, pages: count))])
        let found = try differences(before, after)
        #expect(found.counts.unknown == UInt64(count / 2) && found.counts.identical == UInt64(count / 2))
    }

    @Test("Many areas on both sides, none of them the same")
    func manyAreas() throws {
        func made(_ shift: UInt64) throws -> MadeCheckpoint {
            try MadeCheckpoint(
                (0..<6_000).map { index in
                    let start = 0x10_0000 + UInt64(index) * 0x4000 + shift
                    return .vma(start..<(start + 0x2000), protection: UInt64(index % 2))
                })
        }
        let found = try differences(made(0), made(0x1000))
        #expect(found.areas.count == 12_000)
    }

    @Test("Shared memory of any size that is hardly written")
    func hugeObject() throws {
        func made(_ byte: UInt8) throws -> MadeCheckpoint {
            try MadeCheckpoint(
                [.shared(0x1000..<0x7FFF_FFFF_0000, object: 40)],
                shared: [40: .init(runs: [.run(0x5000_0000_0000, 1)], pages: filled(byte))])
        }
        let (before, after) = (try made(1), try made(2))
        let comparison = try Comparison(before.checkpoint, after.checkpoint)
        #expect(comparison.result.shared.map(\.counts.modified) == [1])
        #expect(try comparison.process(1).isEmpty)
    }
}
