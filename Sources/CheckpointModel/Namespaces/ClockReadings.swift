/// What the clocks of a time namespace showed at the dump.
///
/// CRIU keeps these, and not the offsets that `/proc/PID/timens_offsets` has: without the clocks of the machine itself
/// there is no telling the one from the other. The difference of the two readings is that of the two offsets, but for the
/// time that the machine slept.
public struct ClockReadings: Sendable {
    /// `CLOCK_MONOTONIC`, which does not count sleep.
    public let monotonic: TimeValue
    /// `CLOCK_BOOTTIME`, which counts sleep.
    public let boottime: TimeValue
    /// Where they were read. `timens-0.img` has the clocks of the machine, where the processes had no other.
    public let origin: Origin
}
