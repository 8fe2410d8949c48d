import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import Foundation
import Testing

/// Between the dumps of `chain` the workload changed pages by a rule that it told.
@Suite("Differences between the links of a chain")
struct ChainDifferenceTests {
    private static let anonymous: UInt64 = 0x7F5C_5BB8_6000
    private static let sparse: UInt64 = 0x7F5C_5BA8_6000
    private static let heap: UInt64 = 0x11BE_F910
    /// The counter of rounds, and where the workload writes its report and has its variables.
    private static let counter: UInt64 = 0x4C_3000
    private static let report: UInt64 = 0x11BD_E000
    private static let stack: UInt64 = 0x7FFD_6823_C000

    /// The pages of which the workload said that a round changes them.
    private func changed(_ rounds: [UInt64]) -> Set<UInt64> {
        var pages: Set<UInt64> = [Self.counter, Self.report, Self.stack]
        for round in rounds {
            for page in UInt64(0)..<64 where page % 4 == round { pages.insert(Self.anonymous + page * 4096) }
            for page in stride(from: UInt64(0), to: 256, by: 7) where page / 7 % 3 == round % 3 {
                pages.insert(Self.sparse + page * 4096)
            }
            pages.insert((Self.heap + round * 4096) / 4096 * 4096)
        }
        return pages
    }

    @Test("The first round: pages written, a new one in the sparse area, a new area")
    func firstRound() throws {
        let comparison = try Comparison(fixtures: "chain/1", "chain/2")
        let found = try comparison.process(403)
        #expect(found.isPagesOnly && found.areas.isEmpty && found.missing == nil)
        #expect(Set(found.pages(.modified)) == changed([1]))
        let area = (0..<4).map { UInt64(0x7F5C_5B99_3000 + $0 * 4096) }
        #expect(found.pages(.appeared) == area + [Self.sparse + 8 * 4096])
        #expect(found.pages(.gone).isEmpty && found.counts.unknown == 0)
    }

    @Test("The second and third round, and the page that was dropped")
    func laterRounds() throws {
        let comparison = try Comparison(fixtures: "chain/2", "chain/3")
        let found = try comparison.process(403)
        #expect(found.isPagesOnly && found.areas.isEmpty)
        let dropped = Self.anonymous + 61 * 4096
        #expect(Set(found.pages(.modified)) == changed([2, 3]).subtracting([dropped]))
        #expect(found.pages(.appeared) == [15, 22].map { Self.sparse + $0 * 4096 })
        #expect(found.pages(.gone) == [dropped])
        #expect(comparison.result.shared.isEmpty)
    }

    @Test("The child slept, and what is read through parents is the same")
    func child() throws {
        for (before, after) in [("chain/1", "chain/2"), ("chain/2", "chain/3"), ("chain/1", "chain/3")] {
            let found = try Comparison(fixtures: before, after).process(406)
            #expect(found.isEmpty && found.counts.identical == 147)
        }
    }

    @Test("What processes have pages but no place in a tree")
    func processes() throws {
        for level in ["chain/1", "chain/2"] {
            let checkpoint = try Checkpoint(fixture: level)
            #expect(checkpoint.pagesOnlyPIDs == [403, 406] && checkpoint.processes.value == nil)
            let pages = try #require(checkpoint.pages(of: 403).value)
            #expect(pages.pageSize == 4096 && pages.damage == nil && !pages.listed.isEmpty)
            #expect(pages.stretch(at: 0, before: 4096) == nil)
        }
        #expect(try Checkpoint(fixture: "chain/3").pagesOnlyPIDs.isEmpty)
        #expect(try Checkpoint(fixture: "chain/2").pages(of: 1).absence?.reason == .noImage)
    }
}
