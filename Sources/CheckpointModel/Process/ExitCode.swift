/// How a process ended, as `wait` tells its parent.
public enum ExitCode: Sendable, Equatable {
    /// It exited with a status from 0 to 255.
    case exited(Int)
    /// A signal killed it.
    case killed(signal: Int, dumpedCore: Bool)

    /// Reads a wait status.
    public init(waitStatus: UInt32) {
        let signal = Int(waitStatus & 0x7F)
        self =
            signal == 0
            ? .exited(Int(waitStatus >> 8 & 0xFF)) : .killed(signal: signal, dumpedCore: waitStatus & 0x80 != 0)
    }
}
