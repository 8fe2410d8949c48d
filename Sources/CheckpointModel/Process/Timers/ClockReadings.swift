/// What the clocks that a time namespace can shift showed at the time of the dump, from `timens-ID.img`.
public struct ClockReadings: Sendable, Equatable {
    /// CLOCK_MONOTONIC.
    public let monotonic: TimeValue
    /// CLOCK_BOOTTIME.
    public let boottime: TimeValue
    /// Where they were read.
    public let origin: Origin
}
