import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import SystemPackage
import Testing

@Suite("Shared memory that differs")
struct SharedDifferenceTests {
    private func made(_ object: UInt32, at address: UInt64 = 0x1_0000, _ pages: [UInt8]) throws -> MadeCheckpoint {
        let run = MessageBuilder.run(0, UInt64(pages.count) / 4096)
        let areas = [
            MessageBuilder.shared(address..<(address + 0x4000), object: UInt64(object)),
            .shared(0x9_0000..<0x9_4000, object: UInt64(object)),
        ]
        return try MadeCheckpoint(areas, shared: [object: .init(runs: [run], pages: pages)])
    }

    @Test("An object is known by where it is mapped, and compared once")
    func once() throws {
        let before = try made(40, filled(1) + filled(2)), after = try made(55, filled(1) + filled(3))
        let comparison = try Comparison(before.checkpoint, after.checkpoint)
        #expect(try comparison.process(1).isEmpty)
        let shared = try #require(comparison.result.shared.first)
        #expect(comparison.result.shared.count == 1 && shared.counts.modified == 1 && shared.counts.identical == 1)
        #expect(shared.pages.map(PageFacts.init) == [PageFacts(0x1000..<0x2000, .modified)])
        guard case .memory(let old?, let new?) = shared.subject else {
            Issue.record("\(shared.subject)")
            return
        }
        #expect(old.id == 40 && new.id == 55)
        var found: [ByteDifference] = []
        let sides = (ComparedMemory(old, in: before.checkpoint), ComparedMemory(new, in: after.checkpoint))
        shared.pages[0].forEachDifference(sides.0, sides.1) {
            found.append($0)
            return true
        }
        #expect(found.map(\.byteCount) == [4096] && found[0].before == filled(2))
    }

    @Test("Objects of which nothing is alike are gone and new, and so is what maps them")
    func others() throws {
        let before = try MadeCheckpoint(
            [.shared(0x1_0000..<0x1_2000, object: 40)], shared: [40: .init(runs: [.run(0, 1)], pages: filled(1))])
        let after = try MadeCheckpoint(
            [.shared(0x5_0000..<0x5_3000, object: 40)], shared: [40: .init(runs: [.run(0, 1)], pages: filled(1))])
        let comparison = try Comparison(before.checkpoint, after.checkpoint)
        #expect(try comparison.process(1).areas.map(\.kind) == [.unmapped, .mapped])
        #expect(comparison.result.shared.count == 2)
    }

    @Test("Another part of one object: the area differs, and its pages are compared")
    func otherPart() throws {
        let pages = MadeCheckpoint.Snapshot(runs: [.run(0, 3)], pages: filled(1) + filled(2) + filled(3))
        func made(_ offset: UInt64) throws -> MadeCheckpoint {
            try MadeCheckpoint(
                [
                    .shared(0x1_0000..<0x1_1000, offset: offset, object: 40),
                    .shared(0x2_0000..<0x2_3000, object: 40),
                ], shared: [40: pages])
        }
        let (before, after) = (try made(0), try made(0x1000))
        let comparison = try Comparison(before.checkpoint, after.checkpoint)
        let found = try comparison.process(1)
        let range: Range<UInt64> = 0x1_0000..<0x1_1000
        #expect(found.areas.map(AreaFacts.init) == [AreaFacts(.changed, range, range, .offset)])
        #expect(found.pages.map(PageFacts.init) == [PageFacts(range, .modified)])
        #expect(comparison.result.shared.isEmpty)
    }

    @Test("A deleted file that several map is compared once")
    func deletedFile() throws {
        let scenario = Scenario.named("memory")
        let copy = try ScratchFolder(copyOf: scenario)
        let before = try Checkpoint(fixture: "memory/images")
        let ghost = try #require(
            before.ghosts.first { ghost in
                ghost.content.value.map { $0.size > 4096 } == true
                    && before.processes.value?.contains { process in
                        before.memory(of: process).value?.segments.contains { segment in
                            segment.file.value.flatMap(before.remap) == .ghost(number: ghost.number)
                        } == true
                    } == true
            })
        var bytes = try copy.bytes(ghost.origin.image)
        bytes[bytes.count - 1] ^= 1
        try copy.write(ghost.origin.image, bytes)
        let comparison = try Comparison(before, Checkpoint(path: FilePath(copy.path)))
        #expect(comparison.result.processes.allSatisfy { $0.isEmpty })
        let found = try #require(comparison.result.shared.first)
        #expect(comparison.result.shared.count == 1 && found.counts.modified == 1 && found.pages.count == 1)
        guard case .deletedFile(let old?, let new?) = found.subject else {
            Issue.record("\(found.subject)")
            return
        }
        #expect(old.number == ghost.number && new.number == ghost.number)
    }
}
