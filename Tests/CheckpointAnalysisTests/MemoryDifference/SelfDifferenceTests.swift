import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import Foundation
import SystemPackage
import Testing

@Suite("A checkpoint and itself")
struct SelfDifferenceTests {
    private static let archives = [
        "shelltree.tar", "shelltree.tar.gz", "shelltree.tar.zst", "redis-before.tar.zst", "redis-after.tar.zst",
    ]

    @Test("Nothing differs, whether it is opened once or twice, or copied", arguments: Scenario.all)
    func folders(_ scenario: Scenario) throws {
        let one = try Checkpoint(path: .init(scenario.folder.path))
        try expectNothing(try Comparison(one, one))
        let twice = try Comparison(one, Checkpoint(path: .init(scenario.folder.path)))
        try expectNothing(twice)
        #expect(twice.pairs.count >= 1 && twice.result.processes.contains { $0.counts.identical > 0 })
        guard !scenario.name.hasPrefix("chain/") else { return }
        // Other files with the same bytes: all of them have to be read.
        let copy = try ScratchFolder(copyOf: scenario)
        let copied = try Comparison(one, Checkpoint(path: .init(copy.path)))
        try expectNothing(copied)
        #expect(copied.result.processes.map(\.counts) == twice.result.processes.map(\.counts))
    }

    @Test("Archives too", arguments: archives)
    func archive(_ name: String) throws {
        try expectNothing(Comparison(fixtures: "archives/" + name, "archives/" + name))
    }

    private func expectNothing(_ comparison: Comparison) throws {
        for (pair, found) in zip(comparison.pairs, comparison.result.processes) {
            #expect(found.isEmpty, "process \(pair.before): \(found.areas.map(AreaFacts.init)) \(found.pages)")
            #expect(found.counts.isUnchanged)
        }
        #expect(comparison.result.shared.isEmpty)
    }
}
