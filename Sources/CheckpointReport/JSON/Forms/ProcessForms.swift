import CheckpointModel
import EvidenceText

extension Forms {
    /// A process with what belongs to it.
    static let process = Form<ProcessReport>.object(
        "process", "A process. Ids are those of the innermost dumped pid namespace.",
        processIdentity + processProgram + [
            .known("environment", .environment, "The environment that it was started with.") { $0.environment }
                .part(.environment),
            .known("memory", memory, "Its memory.") { $0.memory.map(\.summary) }.part(.memory),
            .knownRecords("segments", segment.aside, "Its memory areas (VMAs), by ascending address.") { report in
                report.memory.map { memory in memory.segments.map { SegmentReport($0, memory) } }
            }.part(.memory),
        ] + processFiles
    ).identified(by: "pid")

    private static let processIdentity: [Field<ProcessReport>] = [
        .must("pid", .processID.aside, "The process id.") { $0.process.pid },
        .known("ppid", .processID, "The parent's process id; 0 for the root of the tree.") { $0.process.parentID },
        .known("pgid", .processID, "The process group's id.") { $0.process.groupID },
        .known("sid", .processID, "The session's id.") { $0.process.sessionID },
        .known("state", .string, "What the process was doing.") { $0.process.state.map(\.text) },
        .known("name", .text, "The name of the leader (comm), which the program sets freely.") { $0.process.name },
    ]

    private static let processProgram: [Field<ProcessReport>] = [
        .known("exit", exit, "How the process ended.") { $0.process.exitCode }.part(.processes),
        .known("executable", .text, "The path of its program.") { $0.executable }.part(.processes),
        .known("arguments", .arguments, "Its command line.") { $0.arguments }.part(.processes),
        .must("properties", processProperties, "What else the images tell of it.") { $0.details }.part(.processes),
        .must("signals", signals, "Its signals and timers.") { $0.details }.part(.signals),
        .records("threads", thread, "Its threads, the leader first.") { $0.threads }
            .part([.processes, .threads, .signals]),
    ]

    private static let exit = Form<ExitCode>.object(
        "exit", "How a process ended.",
        [
            .optional("status", .integer, "Its exit status.") { $0.status },
            .optional("signal", .integer, "The signal that killed it.") { $0.signal?.number },
            .optional("signal_name", .string, "The name of that signal.") { $0.signal?.name },
            .optional("dumped_core", .flag, "Whether it dumped core.") { $0.dumpedCore },
        ]
    ).asOne
}

extension ExitCode {
    fileprivate var status: Int? {
        guard case .exited(let status) = self else { return nil }
        return status
    }

    fileprivate var signal: Signal? {
        guard case .killed(let signal, _) = self else { return nil }
        return signal
    }

    fileprivate var dumpedCore: Bool? {
        guard case .killed(_, let dumpedCore) = self else { return nil }
        return dumpedCore
    }
}
