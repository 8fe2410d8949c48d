/// One of the three timers that every process has (`setitimer`).
public struct IntervalTimer: Sendable, Equatable {
    /// What it counts, which decides the signal that it sends.
    public let kind: Kind
    /// The time left until it expires.
    public let remaining: TimeValue
    /// The interval at which it repeats; zero means once.
    public let interval: TimeValue
    /// Where it was read.
    public let origin: Origin

    /// What a timer counts.
    public enum Kind: String, Sendable, CaseIterable {
        /// Elapsed time; sends SIGALRM.
        case real
        /// Processor time in user mode; sends SIGVTALRM.
        case virtual
        /// Processor time in user and kernel mode; sends SIGPROF.
        case profiling = "prof"
    }

    /// Whether it runs.
    public var isArmed: Bool { !remaining.isZero }
}

/// A timer made by `timer_create`.
public struct PosixTimer: Sendable, Equatable {
    /// The id that the program knows it by.
    public let id: UInt32
    /// The clock that it runs on.
    public let clock: Clock
    /// How it notifies.
    public let notification: Notification
    /// The signal that it sends, if it sends one.
    public let signal: Signal
    /// The value that the signal carries.
    public let value: SignalValue
    /// The thread that is notified; nil for the process.
    public let threadID: Int?
    /// The time left until it expires; with an interval, no time left means about to expire.
    public let remaining: TimeValue
    /// The interval at which it repeats; zero means once.
    public let interval: TimeValue
    /// How many more times it expired since the last signal was queued.
    public let overrun: UInt32
    /// Where it was read.
    public let origin: Origin

    /// How a timer notifies (`sigev_notify`).
    public struct Notification: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: UInt32

        /// Wraps a number, known or not.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The name of the constant, or nil for a number without a name.
        public var name: String? {
            [0: "SIGEV_SIGNAL", 1: "SIGEV_NONE", 2: "SIGEV_THREAD", 4: "SIGEV_THREAD_ID"][rawValue]
        }
    }

    /// Whether it runs.
    public var isArmed: Bool { !remaining.isZero || !interval.isZero }
}

/// A clock (`clockid_t`).
public struct Clock: RawRepresentable, Hashable, Sendable {
    /// The number in the image.
    public let rawValue: UInt32

    /// Wraps a number, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The name of the constant, or of the processor time of another process or thread; nil for others.
    public var name: String? {
        let names: [UInt32: String] = [
            0: "CLOCK_REALTIME", 1: "CLOCK_MONOTONIC", 2: "CLOCK_PROCESS_CPUTIME_ID", 3: "CLOCK_THREAD_CPUTIME_ID",
            4: "CLOCK_MONOTONIC_RAW", 5: "CLOCK_REALTIME_COARSE", 6: "CLOCK_MONOTONIC_COARSE", 7: "CLOCK_BOOTTIME",
            8: "CLOCK_REALTIME_ALARM", 9: "CLOCK_BOOTTIME_ALARM", 10: "CLOCK_SGI_CYCLE", 11: "CLOCK_TAI",
        ]
        return names[rawValue] ?? processorClockName
    }

    /// A negative number is made of the complement of a process or thread id and three bits.
    private var processorClockName: String? {
        let number = Int32(bitPattern: rawValue)
        guard number < 0, number & 3 != 3 else { return nil }
        let subject = number & 4 != 0 ? "thread" : "process"
        return "processor time of \(subject) \(~(number >> 3))"
    }
}
