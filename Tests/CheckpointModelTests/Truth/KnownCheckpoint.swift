import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import FoundationEssentials
import Synchronization
import SystemPackage

/// A dump with known contents, as the model reads it and as it was.
struct KnownCheckpoint: Sendable {
    /// The scenario's name.
    let name: String
    /// What the model reads.
    let checkpoint: Checkpoint
    /// What was there.
    let truth: Truth
    /// The processes of both, in the order of the model.
    let processes: [KnownProcess]

    /// The dumps by CRIU 4.2, of x86-64.
    static let gathered = Scenario.recorded
    /// The dumps by CRIU 3.17.1; the last link of the chain stands for all of it.
    static let snapshots = ["chain/3", "arm64", "s390x", "ppc64el"]
    /// All dumps with a process tree.
    static let names = gathered + snapshots

    private static let opened = Mutex<[String: KnownCheckpoint]>([:])

    /// The dump with a name. It is opened once.
    static func named(_ name: String) throws -> KnownCheckpoint {
        if let known = opened.withLock({ $0[name] }) { return known }
        let known = try KnownCheckpoint(name)
        opened.withLock { $0[name] = known }
        return known
    }

    private init(_ name: String) throws {
        let scenario = Scenario.named(name)
        let document = try scenario.truth()
        let truth =
            KnownCheckpoint.gathered.contains(name)
            ? try Truth(GatheredTruth(document)) : try Truth(SnapshotTruth(document))
        let checkpoint = try Checkpoint(directory: FilePath(scenario.folder.path))
        self.name = name
        self.checkpoint = checkpoint
        self.truth = truth
        processes = (checkpoint.processes.value ?? []).compactMap { process in
            truth.processes[process.pid].map { KnownProcess(name, process, $0, checkpoint) }
        }
    }
}

/// A process as the model reads it and as it was.
struct KnownProcess: Sendable, CustomStringConvertible {
    let scenario: String
    let process: CheckpointModel.Process
    let truth: TruthProcess
    let memory: Known<ProcessMemory>
    let descriptors: Known<[Descriptor]>

    fileprivate init(
        _ scenario: String, _ process: CheckpointModel.Process, _ truth: TruthProcess, _ checkpoint: Checkpoint
    ) {
        self.scenario = scenario
        self.process = process
        self.truth = truth
        memory = checkpoint.memory(of: process)
        descriptors = checkpoint.descriptors(of: process)
    }

    /// What a failed test shows.
    var description: String { "\(scenario), process \(process.pid)" }
}
