/// What a process does about a signal.
public struct SignalAction: Sendable, Equatable {
    /// The signal.
    public let signal: Signal
    /// What is done.
    public let disposition: Disposition
    /// The options (`SA_*`).
    public let flags: UInt64
    /// The address of the code that a handler returns to; 0 if none.
    public let restorer: UInt64
    /// The signals that are blocked while the handler runs.
    public let mask: SignalSet
    /// Whether a 32-bit system call set the handler.
    public let isCompat: Bool
    /// Where it was read.
    public let origin: Origin

    /// What is done about a signal.
    public enum Disposition: Sendable, Equatable {
        /// What the kernel does by default: end the process, stop it, or nothing.
        case standard
        /// Nothing.
        case ignored
        /// The function at this address is called.
        case handler(UInt64)
    }

    /// The address of the handler; nil if none is called.
    public var handler: UInt64? {
        guard case .handler(let address) = disposition else { return nil }
        return address
    }

    /// Whether nothing was ever set: the default action without options.
    public var isUntouched: Bool { disposition == .standard && flags == 0 && mask.isEmpty }

    /// The names of the options, bits without a name last in hexadecimal.
    public var flagNames: [String] {
        (signal.numbering == .mips ? SignalAction.mipsFlags : SignalAction.commonFlags).names(flags)
    }

    private static let shared: [(bit: UInt64, name: String)] = [
        (0x400, "SA_UNSUPPORTED"), (0x800, "SA_EXPOSE_TAGBITS"), (0x80_0000, "SA_IMMUTABLE"),
        (0x200_0000, "SA_THIRTYTWO"), (0x400_0000, "SA_RESTORER"), (0x800_0000, "SA_ONSTACK"),
        (0x1000_0000, "SA_RESTART"), (0x4000_0000, "SA_NODEFER"), (0x8000_0000, "SA_RESETHAND"),
    ]
    private static let commonFlags = BitNames(
        [(1, "SA_NOCLDSTOP"), (2, "SA_NOCLDWAIT"), (4, "SA_SIGINFO")] + shared)
    private static let mipsFlags = BitNames(
        [(1, "SA_NOCLDSTOP"), (0x1_0000, "SA_NOCLDWAIT"), (8, "SA_SIGINFO")] + shared)
}

extension Sequence where Element == SignalAction {
    /// The signals that are ignored, as `SigIgn` in /proc/PID/status has them.
    public func ignored(_ numbering: SignalNumbering) -> SignalSet {
        SignalSet(filter { $0.disposition == .ignored }.map(\.signal.number), numbering)
    }

    /// The signals that have a handler, as `SigCgt` in /proc/PID/status has them.
    public func caught(_ numbering: SignalNumbering) -> SignalSet {
        SignalSet(filter { $0.handler != nil }.map(\.signal.number), numbering)
    }
}

/// The stack that signal handlers of a thread run on.
public struct AlternateStack: Sendable, Equatable {
    /// The lowest address.
    public let address: UInt64
    /// The size in bytes.
    public let size: UInt64
    /// The state and options (`SS_*`).
    public let flags: UInt32

    /// Whether there is one.
    public var isEnabled: Bool { flags & 2 == 0 }
    /// Whether the thread was on it.
    public var isInUse: Bool { flags & 1 != 0 }

    /// The names of the flags, bits without a name last in hexadecimal.
    public var flagNames: [String] { AlternateStack.names.names(flags) }

    private static let names = BitNames([(1, "SS_ONSTACK"), (2, "SS_DISABLE"), (0x8000_0000, "SS_AUTODISARM")])
}
