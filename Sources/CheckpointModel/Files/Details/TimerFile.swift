/// A timer that is read as a file (`timerfd`).
public struct TimerFile: Sendable, Hashable {
    /// The clock it runs by (`CLOCK_*`).
    public let clock: UInt32
    /// How often it expired since it was last read.
    public let ticks: UInt64
    /// The flags of `timerfd_settime`.
    public let settimeFlags: UInt32
    /// The time that remained until it expires, also if it was set to a time of day; zero if it is disarmed.
    public let remaining: TimeValue
    /// How often it repeats; zero if it does not.
    public let interval: TimeValue

    /// Whether it was set to a time of day rather than a duration.
    public var isAbsolute: Bool { settimeFlags & 1 != 0 }

    /// The name of the clock, or nil for a number without a name.
    public var clockName: String? { TimerFile.clockNames[checked: clock].flatMap { $0.isEmpty ? nil : $0 } }

    /// The names of the flags of `timerfd_settime`, unknown bits last in hexadecimal.
    public var settimeFlagNames: [String] { TimerFile.flagNames.names(settimeFlags) }

    private static let clockNames = [
        "CLOCK_REALTIME", "CLOCK_MONOTONIC", "CLOCK_PROCESS_CPUTIME_ID", "CLOCK_THREAD_CPUTIME_ID",
        "CLOCK_MONOTONIC_RAW", "CLOCK_REALTIME_COARSE", "CLOCK_MONOTONIC_COARSE", "CLOCK_BOOTTIME",
        "CLOCK_REALTIME_ALARM", "CLOCK_BOOTTIME_ALARM", "", "CLOCK_TAI",
    ]
    private static let flagNames = BitNames([(1, "TFD_TIMER_ABSTIME"), (2, "TFD_TIMER_CANCEL_ON_SET")])
}
