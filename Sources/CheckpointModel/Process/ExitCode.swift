/// How a process ended, as `wait` tells its parent.
public enum ExitCode: Sendable, Equatable {
    /// It exited with a status from 0 to 255.
    case exited(Int)
    /// A signal killed it.
    case killed(signal: Signal, dumpedCore: Bool)

    /// Reads a wait status.
    ///
    /// - Parameters:
    ///   - waitStatus: The status.
    ///   - numbering: How the machine numbers signals.
    public init(waitStatus: UInt32, _ numbering: SignalNumbering = .common) {
        let number = Int(waitStatus & 0x7F)
        self =
            number == 0
            ? .exited(Int(waitStatus >> 8 & 0xFF))
            : .killed(signal: Signal(number, numbering), dumpedCore: waitStatus & 0x80 != 0)
    }
}
