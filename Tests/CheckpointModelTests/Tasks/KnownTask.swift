import CheckpointModel
import Testing

/// A process as the model reads it and as it was.
struct KnownTask: CustomStringConvertible {
    let scenario: String
    let process: CheckpointModel.Process
    let details: ProcessDetails
    let threads: [KnownThread]
    let truth: TaskTruth

    /// What a failed test shows.
    var description: String { "\(scenario), process \(process.pid)" }

    /// All processes of a dump that had not ended.
    static func all(of scenario: String) throws -> [KnownTask] {
        let known = try KnownCheckpoint.named(scenario)
        let truths = try TaskTruth.processes(of: scenario)
        let tasks = try known.processes.filter { !$0.truth.isZombie }.map { process in
            let threads = known.checkpoint.threads(of: process.process, memory: process.memory)
            let truth = try #require(truths[process.process.pid])
            return KnownTask(
                scenario: scenario, process: process.process, details: known.checkpoint.details(of: process.process),
                threads: try threads.map { details in
                    KnownThread(
                        scenario: scenario, details: details,
                        truth: try #require(truth.threads.first { $0.id == details.id }))
                }, truth: truth)
        }
        #expect(tasks.count == truths.count)
        #expect(tasks.allSatisfy { $0.threads.count == $0.truth.threads.count })
        return tasks
    }

    /// One process of a dump.
    static func one(_ pid: Int, of scenario: String) throws -> KnownTask {
        try #require(try all(of: scenario).first { $0.process.pid == pid })
    }
}

/// A thread as the model reads it and as it was.
struct KnownThread: CustomStringConvertible {
    let scenario: String
    let details: ThreadDetails
    let truth: ThreadTruth

    /// What a failed test shows.
    var description: String { "\(scenario), thread \(details.id)" }

    /// All threads of a dump.
    static func all(of scenario: String) throws -> [KnownThread] {
        try KnownTask.all(of: scenario).flatMap(\.threads)
    }
}
