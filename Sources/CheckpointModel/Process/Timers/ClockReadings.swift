/// What the clocks that a time namespace can shift showed at the time of the dump, from `timens-ID.img`.
public struct ClockReadings: Sendable, Equatable {
    /// CLOCK_MONOTONIC.
    public let monotonic: TimeSpan
    /// CLOCK_BOOTTIME.
    public let boottime: TimeSpan
    /// Where they were read.
    public let origin: Origin
}
