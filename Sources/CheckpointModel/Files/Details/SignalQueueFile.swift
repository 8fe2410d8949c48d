/// A descriptor that signals are read from (`signalfd`).
public struct SignalQueueFile: Sendable, Hashable {
    /// The signals it accepts: bit 0 is signal 1.
    public let mask: UInt64

    /// The numbers of the signals, ascending.
    public var signals: [Int] { (1...64).filter { mask >> UInt64($0 - 1) & 1 != 0 } }
}
