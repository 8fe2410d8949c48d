import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Areas that differ")
struct AreaChangeTests {
    private func areas(_ before: [MessageBuilder], _ after: [MessageBuilder]) throws -> [AreaFacts] {
        let (one, other) = (try MadeCheckpoint(before), try MadeCheckpoint(after))
        return try Comparison(one.checkpoint, other.checkpoint).process(1).areas.map(AreaFacts.init)
    }

    @Test("New and gone areas")
    func mapping() throws {
        #expect(
            try areas([.vma(0x1000..<0x3000)], [.vma(0x5000..<0x6000), .vma(0x7000..<0x8000, protection: 1)]) == [
                AreaFacts(.unmapped, 0x1000..<0x3000, nil), AreaFacts(.mapped, nil, 0x5000..<0x6000),
                AreaFacts(.mapped, nil, 0x7000..<0x8000),
            ])
    }

    @Test("Access rights of the middle of an area: one change of that middle, though the area is in three parts after")
    func protection() throws {
        let after: [MessageBuilder] = [
            .vma(0x1000..<0x4000), .vma(0x4000..<0x6000, protection: 1), .vma(0x6000..<0x9000),
        ]
        #expect(
            try areas([.vma(0x1000..<0x9000)], after) == [
                AreaFacts(.protected, 0x4000..<0x6000, 0x4000..<0x6000, .access)
            ])
    }

    @Test("Areas that are only divided otherwise do not differ, and a change across them is one")
    func division() throws {
        let divided: [MessageBuilder] = [.vma(0x1000..<0x4000), .vma(0x4000..<0x9000)]
        #expect(try areas([.vma(0x1000..<0x9000)], divided).isEmpty)
        #expect(
            try areas(divided, [.vma(0x1000..<0x9000, advice: 1 << 14)]) == [
                AreaFacts(.changed, 0x1000..<0x9000, 0x1000..<0x9000, .advice)
            ])
    }

    @Test("Growth and shrinking at either end; a hole in the middle is unmapped")
    func resizing() throws {
        let area = [MessageBuilder.vma(0x4000..<0x8000)]
        #expect(try areas(area, [.vma(0x4000..<0xA000)]) == [AreaFacts(.grown, nil, 0x8000..<0xA000)])
        #expect(try areas(area, [.vma(0x2000..<0x8000)]) == [AreaFacts(.grown, nil, 0x2000..<0x4000)])
        #expect(try areas(area, [.vma(0x5000..<0x8000)]) == [AreaFacts(.shrunk, 0x4000..<0x5000, nil)])
        #expect(
            try areas(area, [.vma(0x4000..<0x5000), .vma(0x7000..<0x8000)]) == [
                AreaFacts(.unmapped, 0x5000..<0x7000, nil)
            ])
        // What adjoins is another area.
        #expect(
            try areas(area, area + [.vma(0x8000..<0x9000, protection: 0)]) == [
                AreaFacts(.mapped, nil, 0x8000..<0x9000)
            ])
    }

    @Test("Offsets and ids of anonymous memory, and bits that CRIU has for itself, do not matter")
    func immaterial() throws {
        #expect(
            try areas([.vma(0x1000..<0x2000)], [.vma(0x1000..<0x2000, status: 0x200, offset: 0x5000, object: 9)])
                == [])
    }

    @Test("Flags, advice, sharing, and the sort of memory")
    func attributes() throws {
        let range: Range<UInt64> = 0x1000..<0x2000
        func differences(_ after: MessageBuilder) throws -> [AreaFacts] { try areas([.vma(range)], [after]) }
        #expect(try differences(.vma(range, flags: 0x2022)) == [AreaFacts(.changed, range, range, .flags)])
        #expect(try differences(.vma(range, advice: 2)) == [AreaFacts(.changed, range, range, .advice)])
        #expect(
            try differences(.vma(range, status: 0x1_0201)) == [AreaFacts(.changed, range, range, .sort)])
        let file = try differences(.file(range, protection: 3))
        #expect(file == [AreaFacts(.changed, range, range, .sort)])
    }

    @Test("A file: another one, another offset, another size")
    func files() throws {
        let range: Range<UInt64> = 0x1000..<0x3000
        func differences(_ path: String, _ size: UInt64?, offset: UInt64 = 0) throws -> [AreaFacts] {
            let before = try MadeCheckpoint([.file(range)], images: ["files.img": filesImage([(7, "/lib/a", 0x9000)])])
            // Ids differ from dump to dump.
            let after = try MadeCheckpoint(
                [.file(range, offset: offset, object: 12)], images: ["files.img": filesImage([(12, path, size)])])
            return try Comparison(before.checkpoint, after.checkpoint).process(1).areas.map(AreaFacts.init)
        }
        #expect(try differences("/lib/a", 0x9000).isEmpty)
        #expect(try differences("/lib/a", nil).isEmpty)
        #expect(try differences("/lib/b", 0x9000) == [AreaFacts(.changed, range, range, .file)])
        #expect(try differences("/lib/a", 0xA000) == [AreaFacts(.changed, range, range, .file)])
        #expect(try differences("/lib/a", 0x9000, offset: 0x1000) == [AreaFacts(.changed, range, range, .offset)])
    }

    // MARK: Moved

    @Test("Anonymous memory that moved: half of its pages are the same")
    func moved() throws {
        let (old, new): (Range<UInt64>, Range<UInt64>) = (0x1_0000..<0x1_4000, 0x8_0000..<0x8_4000)
        func differences(_ pages: [UInt8]) throws -> MemoryDifference {
            let before = try MadeCheckpoint(
                [.vma(old)], [(old.lowerBound, filled(1) + filled(2) + filled(3) + filled(4))])
            let after = try MadeCheckpoint([.vma(new)], [(new.lowerBound, pages)])
            return try Comparison(before.checkpoint, after.checkpoint).process(1)
        }
        let found = try differences(filled(1) + filled(9) + filled(3) + filled(8))
        #expect(found.areas.map(AreaFacts.init) == [AreaFacts(.moved, old, new, pages: (4, 4))])
        #expect(
            found.pages.map(PageFacts.init) == [
                PageFacts(0x8_1000..<0x8_2000, .modified, before: 0x1_1000..<0x1_2000),
                PageFacts(0x8_3000..<0x8_4000, .modified, before: 0x1_3000..<0x1_4000),
            ])
        #expect(found.pages.allSatisfy(\.isMoved) && found.counts.identical == 2)
        let other = try differences(filled(1) + filled(9) + filled(7) + filled(8))
        #expect(other.areas.map(\.kind) == [.unmapped, .mapped] && other.pages.isEmpty)
        // Pages of zeros tell nothing.
        #expect(
            try differences(filled(0) + filled(0) + filled(0) + filled(0)).areas.map(\.kind) == [.unmapped, .mapped])
    }

    @Test("A mapping of a file that moved is known by the file")
    func movedFile() throws {
        let images = ["files.img": filesImage([(7, "/lib/a", nil)])]
        let before = try MadeCheckpoint([.file(0x1000..<0x3000), .vma(0x3000..<0x4000)], images: images)
        let after = try MadeCheckpoint([.file(0x7000..<0x9000)], images: images)
        let found = try Comparison(before.checkpoint, after.checkpoint).process(1)
        #expect(
            found.areas.map(AreaFacts.init) == [
                AreaFacts(.moved, 0x1000..<0x3000, 0x7000..<0x9000), AreaFacts(.unmapped, 0x3000..<0x4000, nil),
            ])
        #expect(found.pages.isEmpty)
    }

    @Test("Many areas of one size with the same pages are not tried one against the other")
    func manyAlike() throws {
        func made(_ base: UInt64) throws -> MadeCheckpoint {
            let starts = (0..<3000).map { base + UInt64($0) * 0x3000 }
            return try MadeCheckpoint(
                starts.map { .vma($0..<($0 + 0x2000)) }, starts.map { ($0, filled(1) + filled(2)) })
        }
        let (before, after) = (try made(0x10_0000), try made(0x1000_0000))
        let found = quickly {
            MemoryComparison(before: before.checkpoint, after: after.checkpoint)
                .run([.init(before: 1, after: 1)]).processes[0]
        }
        #expect(found.areas.count == 6000)
    }
}
