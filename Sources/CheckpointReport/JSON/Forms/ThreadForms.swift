import CheckpointModel
import EvidenceText

extension Forms {
    /// A thread.
    static let thread = Form<ThreadDetails>.object(
        "thread", "A thread of a process.",
        [
            .must("tid", .processID, "The thread's id.") { $0.id },
            .known("name", .text, "The thread's name, which the program sets freely.") { $0.name },
            .known("credentials", credentials, "Who it acts as, and what it may do.") { $0.credentials }
                .part([.processes, .threads]),
            .known("seccomp", seccomp, "How its system calls are confined.") { $0.seccomp }
                .part([.processes, .threads]),
            .known("scheduling", scheduling, "How it gets its share of the processor.") { $0.scheduling }
                .part([.processes, .threads]),
            .known("cgroups", .list(cgroupMembership), "Its control groups.") { $0.cgroups }
                .part([.processes, .threads]),
            .known("parent_death_signal", signal, "The signal that it gets when its parent dies.") {
                $0.parentDeathSignal
            }.part([.processes, .threads]),
        ] + threadState + threadSignals + [.must("origin", .origin, "Where it was read.") { $0.origin }]
    ).matched(by: "tid").identified(by: "tid")

    private static let threadState: [Field<ThreadDetails>] = [
        .known("activity", activity, "Whether it ran its program or was in a system call.") { $0.activity }
            .part(.threads),
        .known("registers", registers, "Its registers.") { $0.registers }.part(.threads),
        .known("robust_list", robustList, "The futexes that the kernel releases for it.") { $0.robustList }
            .part(.threads),
        .known("rseq", restartableSequences, "Its area for restartable sequences.") { $0.restartableSequences }
            .part(.threads),
    ]

    private static let threadSignals: [Field<ThreadDetails>] = [
        .known("blocked", signalSet, "The signals that it blocks.") { $0.blockedSignals }.part([.threads, .signals]),
        .known("pending", .list(pendingSignal), "The signals that wait for this thread alone, in order.") {
            $0.pendingSignals
        }.part([.threads, .signals]),
        .known("alternate_stack", alternateStack, "The stack for its signal handlers.") { $0.alternateStack }
            .part([.threads, .signals]),
    ]

    /// What a thread was doing.
    static let activity = Form<ThreadActivity>.object(
        "activity", "What a thread was doing.",
        [
            .must("mode", .enumerated(["user", "system-call"]), "Where it was.") {
                $0.systemCall == nil ? "user" : "system-call"
            },
            .optional("number", .count, "The number of the system call.") { $0.systemCall?.number },
            .optional("name", .string, "The name of the system call, if one is known.") { $0.systemCall?.name },
            .optional("table", .enumerated(SystemCallTable.allCases.map(\.rawValue)), "Whose number it is.") {
                $0.systemCall?.table.rawValue
            },
            .optional("progress", .enumerated(SystemCall.Progress.words), "How far the call had come.") {
                $0.systemCall?.progress.word
            },
            .optional("result", .hexadecimal, "What the call returned, as the register has it.") {
                $0.systemCall?.progress.result
            },
            .optional("certain", .flag, "Whether registers or the instruction say so beyond doubt.") {
                $0.systemCall?.isCertain
            },
        ]
    ).asOne

    private static let scheduling = Form<Scheduling>.object(
        "scheduling", "How a thread gets its share of the processor.",
        [
            .must("policy", .integer, "The number of the policy.") { $0.policy.rawValue },
            .optional("policy_name", .string, "The name of the policy.") { $0.policy.name },
            .must("reset_on_fork", .flag, "Whether children begin with the default policy.") { $0.isResetOnFork },
            .known("priority", .integer, "The priority among real-time threads.") { $0.priority },
            .known("nice", .integer, "The nice value.") { $0.nice },
        ])

    private static let robustList = Form<RobustList>.object(
        "robust_list", "The futexes that the kernel releases if their holder dies.",
        [
            .must("address", .hexadecimal, "The address of the head; 0 for none.") { $0.address },
            .must("length", .integer, "The size of the head in bytes.") { $0.length },
        ])

    private static let restartableSequences = Form<RestartableSequences>.object(
        "rseq", "The area that a thread shares with the kernel for restartable sequences.",
        [
            .must("address", .hexadecimal, "The address; 0 for none.") { $0.address },
            .must("length", .integer, "The size in bytes.") { $0.length },
            .must("signature", .hexadecimal, "The word before each abort handler.") { $0.signature },
            .optional("active", .hexadecimal, "The description of the sequence that was being run.") {
                $0.activeSequence
            },
        ])
}

extension SystemCall.Progress {
    fileprivate static let words = ["restarts", "restarts-unmoved", "interrupted", "returned", "unknown"]

    fileprivate var word: String {
        switch self {
        case .restarts: "restarts"
        case .restartsUnmoved: "restarts-unmoved"
        case .interrupted: "interrupted"
        case .returned: "returned"
        case .unknown: "unknown"
        }
    }

    fileprivate var result: UInt64? {
        guard case .returned(let result) = self else { return nil }
        return result
    }
}
