import CheckpointModel
import EvidenceText

extension Forms {
    /// A timer of `setitimer`.
    static let intervalTimer = Form<IntervalTimer>.object(
        "interval_timer", "One of the three timers that every process has.",
        [
            .must("kind", .enumerated(IntervalTimer.Kind.allCases.map(\.rawValue)), "What it counts.") {
                $0.kind.rawValue
            },
            .must("armed", .flag, "Whether it runs.") { $0.isArmed },
            .must("remaining", timeSpan, "The time left until it expires.") { $0.remaining },
            .must("interval", timeSpan, "The interval at which it repeats; zero means once.") { $0.interval },
        ]
    ).matched(by: "kind")

    /// A timer of `timer_create`.
    static let posixTimer = Form<PosixTimer>.object(
        "posix_timer", "A timer made by timer_create.",
        [
            .must("id", .integer, "The id that the program knows it by.") { $0.id },
            .must("clock", .integer, "The number of the clock.") { Int32(bitPattern: $0.clock.rawValue) },
            .optional("clock_name", .string, "The name of the clock.") { $0.clock.name },
            .must("notification", .integer, "How it notifies (sigev_notify).") { $0.notification.rawValue },
            .optional("notification_name", .string, "The name of that.") { $0.notification.name },
            .must("signal", signal, "The signal that it sends, if it sends one.") { $0.signal },
            .must("value", signalValue, "The value that the signal carries.") { $0.value },
            .optional("tid", .integer, "The thread that is notified, if one is.") { $0.threadID },
            .must("armed", .flag, "Whether it runs.") { $0.isArmed },
            .must("remaining", timeSpan, "The time left until it expires.") { $0.remaining },
            .must("interval", timeSpan, "The interval at which it repeats; zero means once.") { $0.interval },
            .must("overrun", .integer, "How many more times it expired since the last signal was queued.") {
                $0.overrun
            },
        ]
    ).matched(by: "id")

    /// A length of time.
    static let timeSpan = Form<TimeValue>.object(
        "time_span", "A length of time.",
        [
            .must("seconds", .count, "Whole seconds.") { $0.seconds },
            .must("nanoseconds", .count, "The rest.") { $0.nanoseconds },
        ]
    ).asOne
}
