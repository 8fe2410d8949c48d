/// How a machine numbers its signals.
public enum SignalNumbering: Sendable, Equatable {
    /// All machines but MIPS.
    case common
    /// MIPS, which has a numbering of its own, and 128 signals.
    case mips

    /// The numbering of a machine; the common one if it is not known.
    public init(_ architecture: Architecture?) {
        self = architecture == .mips ? .mips : .common
    }

    /// How many signals there are.
    public var count: Int { self == .mips ? 128 : 64 }

    /// The names of the first signals, without `SIG`, in the order of their numbers.
    fileprivate var names: [String] { self == .mips ? SignalNumbering.mipsNames : SignalNumbering.commonNames }

    private static let commonNames = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ]

    private static let mipsNames = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "EMT", "FPE", "KILL", "BUS", "SEGV", "SYS", "PIPE", "ALRM", "TERM",
        "USR1", "USR2", "CHLD", "PWR", "WINCH", "URG", "IO", "STOP", "TSTP", "CONT", "TTIN", "TTOU", "VTALRM", "PROF",
        "XCPU", "XFSZ",
    ]
}

/// A signal.
public struct Signal: Sendable, Hashable {
    /// The number.
    public let number: Int
    /// Whose number it is.
    public let numbering: SignalNumbering

    /// Makes a signal of any number.
    public init(_ number: Int, _ numbering: SignalNumbering) {
        self.number = number
        self.numbering = numbering
    }

    /// The name: `SIGKILL`, `SIGRTMIN+3`; `SIG32` and `SIG33` are the two that the C library keeps to itself, so that
    /// its SIGRTMIN is 34. A number that is no signal is `signal N`.
    public var name: String {
        let names = numbering.names
        switch number {
        case 1...names.count: return "SIG" + names[number - 1]
        case 34: return "SIGRTMIN"
        case 35...numbering.count: return "SIGRTMIN+\(number - 34)"
        case 32, 33: return "SIG\(number)"
        default: return "signal \(number)"
        }
    }
}

/// A set of signals.
public struct SignalSet: Sendable, Equatable {
    /// Signals 1 to 64, the first in the lowest bit, as /proc/PID/status has them.
    public let mask: UInt64
    /// Signals 65 to 128, which only MIPS has.
    public let extendedMask: UInt64
    /// How the signals are numbered.
    public let numbering: SignalNumbering

    /// Wraps masks.
    public init(_ mask: UInt64, extended: UInt64 = 0, _ numbering: SignalNumbering) {
        self.mask = mask
        self.extendedMask = extended
        self.numbering = numbering
    }

    /// The set of signals with given numbers; numbers that are no signals are left out.
    public init(_ numbers: some Sequence<Int>, _ numbering: SignalNumbering) {
        var masks: (low: UInt64, high: UInt64) = (0, 0)
        for number in numbers {
            if (1...64).contains(number) { masks.low |= 1 << UInt64(number - 1) }
            if (65...128).contains(number) { masks.high |= 1 << UInt64(number - 65) }
        }
        self.init(masks.low, extended: masks.high, numbering)
    }

    /// Whether there are none.
    public var isEmpty: Bool { mask == 0 && extendedMask == 0 }

    /// Whether a signal is in the set.
    public func contains(_ signal: Int) -> Bool {
        switch signal {
        case 1...64: mask >> UInt64(signal - 1) & 1 != 0
        case 65...128: extendedMask >> UInt64(signal - 65) & 1 != 0
        default: false
        }
    }

    /// The signals in the order of their numbers.
    public var signals: [Signal] {
        isEmpty ? [] : (1...128).filter(contains).map { Signal($0, numbering) }
    }
}

/// The value that a queued signal carries: a number or a pointer, as its sender meant it (`union sigval`).
public struct SignalValue: Sendable, Equatable {
    /// The value read as a pointer.
    public let pointer: UInt64
    /// The value read as a number.
    public let integer: Int32

    /// Wraps a pointer of 64 bits.
    ///
    /// - Parameters:
    ///   - pointer: The value as a pointer.
    ///   - isBigEndian: Whether a number in its place is in the upper half.
    init(_ pointer: UInt64, isBigEndian: Bool) {
        self.pointer = pointer
        integer = Int32(truncatingIfNeeded: isBigEndian ? pointer >> 32 : pointer)
    }
}
