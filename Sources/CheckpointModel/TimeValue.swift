internal import CRIUImages

/// A time with its fraction.
public struct TimeValue: Sendable, Hashable {
    /// Seconds: since 1970 for a time of day, else a duration.
    public let seconds: UInt64
    /// The nanoseconds to add.
    public let nanoseconds: UInt64

    /// Makes a time.
    ///
    /// - Parameters:
    ///   - seconds: Whole seconds.
    ///   - nanoseconds: The nanoseconds to add.
    public init(seconds: UInt64, nanoseconds: UInt64) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    init(_ time: Timeval) {
        self.init(seconds: time.tvSec, nanoseconds: time.tvUsec.multipliedCapped(1000))
    }

    /// Whether it is zero, which for timers means that there is none.
    public var isZero: Bool { seconds == 0 && nanoseconds == 0 }
}
