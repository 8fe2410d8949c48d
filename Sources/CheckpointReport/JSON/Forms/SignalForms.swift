import CheckpointModel
import EvidenceText

extension Forms {
    /// A signal by number and name.
    static let signal = Form<Signal>.object(
        "signal", "A signal.",
        [
            .must("number", .integer, "The number.") { $0.number },
            .must("name", .string, "The name: SIGKILL, SIGRTMIN+3.") { $0.name },
        ]
    ).asOne

    /// A set of signals.
    static let signalSet = Form<SignalSet>.object(
        "signal_set", "A set of signals.",
        [
            .must("mask", .hexadecimal, "Signals 1 to 64, the first in the lowest bit.") { $0.mask },
            .optional("extended_mask", .hexadecimal, "Signals 65 to 128, which only MIPS has.") {
                $0.numbering == .mips ? $0.extendedMask : nil
            },
            .must("names", .strings, "The names of the signals.") { $0.signals.map(\.name) },
        ]
    ).asOne

    /// A signal that waits.
    static let pendingSignal = Form<PendingSignal>.object(
        "pending_signal", "A signal that waits to be delivered.",
        [
            .must("signal", signal, "The signal.") { $0.signal },
            .must("code", .integer, "Why it was sent (si_code).") { $0.code },
            .optional("code_name", .string, "The name of the code.") { $0.codeName },
            .must("errno", .integer, "An error number, nearly always 0.") { $0.errorNumber },
            .known("tells", signalDetail, "What it tells.") { $0.detail },
            .must("siginfo", .bytes, "The kernel's structure as the image has it.") { $0.bytes },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    /// A stack for signal handlers.
    static let alternateStack = Form<AlternateStack>.object(
        "alternate_stack", "The stack that signal handlers run on.",
        [
            .must("enabled", .flag, "Whether there is one.") { $0.isEnabled },
            .must("in_use", .flag, "Whether the thread was on it.") { $0.isInUse },
            .must("address", .hexadecimal, "The lowest address.") { $0.address },
            .must("size", .count, "The size in bytes.") { $0.size },
            .must("flags", .strings, "State and options.") { $0.flagNames },
        ])

    /// The signals and timers of a process.
    static let signals = Form<ProcessDetails>.object(
        "signals", "The signals and timers of a process; those of its threads are with these.",
        [
            .known("pending", .list(pendingSignal), "The signals that wait for the process as a whole, in order.") {
                $0.pendingSignals
            },
            .known("ignored", signalSet.aside, "The signals that are ignored.") { $0.ignoredSignals },
            .known("caught", signalSet.aside, "The signals that have a handler.") { $0.caughtSignals },
            .known("stopped_by", signal, "The signal that stopped it.") { $0.stopSignal },
            .known("actions", .list(signalAction), "What is done about each signal, where anything was ever set.") {
                $0.signalActions.map { $0.filter { !$0.isUntouched } }
            },
            .known("interval_timers", .list(intervalTimer), "The timers of setitimer.") { $0.intervalTimers },
            .known("posix_timers", .list(posixTimer), "The timers of timer_create.") { $0.posixTimers },
        ])

    private static let signalAction = Form<SignalAction>.object(
        "signal_action", "What a process does about a signal.",
        [
            .must("signal", signal, "The signal.") { $0.signal },
            .must("action", .enumerated(["default", "ignore", "handler"]), "What is done.") { $0.disposition.word },
            .optional("handler", .hexadecimal, "The address of the handler.") { $0.handler },
            .must("flags", .strings, "The options.") { $0.flagNames },
            .must("restorer", .hexadecimal, "The code that a handler returns to; 0 for none.") { $0.restorer },
            .must("mask", signalSet, "What is blocked while the handler runs.") { $0.mask },
            .must("compat", .flag, "Whether a 32-bit system call set it.") { $0.isCompat },
        ]
    ).matched(by: "signal")
}

extension SignalAction.Disposition {
    fileprivate var word: String {
        switch self {
        case .standard: "default"
        case .ignored: "ignore"
        case .handler: "handler"
        }
    }
}
