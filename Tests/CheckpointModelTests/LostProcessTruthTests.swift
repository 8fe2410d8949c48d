import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// Dumps without a process tree, against what /proc said just before them.
@Suite("Dumps of which the process tree is missing")
struct LostProcessTruthTests {
    @Test(
        "Every process and thread is told, and by the right names",
        arguments: KnownCheckpoint.names.filter { !$0.hasPrefix("chain/") })
    func rebuilt(_ name: String) throws {
        let folder = try ScratchFolder(copyOf: .named(name), without: ["pstree.img", "inventory.img", "stats-dump"])
        defer { withExtendedLifetime(folder) {} }
        let checkpoint = try Checkpoint(path: FilePath(folder.path))
        let truth = try KnownCheckpoint.named(name).truth
        let processes = try #require(checkpoint.processes.value)
        #expect(processes.map(\.pid) == truth.processes.keys.sorted())
        for process in processes {
            let known = try #require(truth.processes[process.pid])
            #expect(process.threads.map(\.id).sorted() == known.threads.map(\.id).sorted(), "process \(process.pid)")
            #expect(process.name.value == known.name)
            #expect(process.state.value?.hasEnded == known.isZombie)
        }
        #expect(checkpoint.architecture == (try KnownCheckpoint.named(name).checkpoint.architecture))
        #expect(checkpoint.architecture != nil)
        #expect(checkpoint.problems.map(\.image) == ["inventory.img", "pstree.img"])
    }

    /// What /proc said of the tree of which the dump failed.
    private struct FailedTruth: Decodable {
        let processes: [Process]

        struct Process: Decodable {
            let pid: Int
            let comm: String
            let threads: [Thread]
            let cmdline: String
        }

        struct Thread: Decodable {
            let tid: Int
            let comm: String
        }
    }

    @Test("A dump that failed tells of what had been dumped")
    func failed() throws {
        let base = Scenario.fixtures.appending(path: "failed")
        let truth = try JSONDecoder().decode(
            FailedTruth.self, from: Data(contentsOf: base.appending(path: "truth.json")))
        let checkpoint = try Checkpoint(path: FilePath(base.appending(path: "images").path))
        #expect(checkpoint.outcome.value == .failed)
        let processes = try #require(checkpoint.processes.value)
        // Zombies come last, and the process named odd-pipe is the one that could not be dumped.
        let dumped = truth.processes.filter { !$0.cmdline.isEmpty }
        #expect(processes.map(\.pid) == dumped.map(\.pid))
        for (process, known) in zip(processes, dumped) where known.comm != "odd-pipe" {
            #expect(process.name.value?.string == known.comm)
            #expect(process.threads.map(\.id) == known.threads.map(\.tid))
            #expect(process.threads.map(\.name.value?.string) == known.threads.map(\.comm))
            let arguments = try #require(checkpoint.arguments(checkpoint.memory(of: process)).value)
            #expect(arguments.map { ($0.string ?? "") + "\0" }.joined() == known.cmdline)
        }
        let last = try #require(processes.last)
        #expect(last.name.absence?.reason == .noImage)
        #expect(checkpoint.descriptors(of: last).value?.count == 5 - 1)
    }
}
