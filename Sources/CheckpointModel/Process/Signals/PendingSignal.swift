/// A signal that waits to be delivered, with what the kernel was told of it (`siginfo_t`).
public struct PendingSignal: Sendable, Equatable {
    /// The signal.
    public let signal: Signal
    /// An error number (`si_errno`), nearly always 0.
    public let errorNumber: Int32
    /// Why the signal was sent (`si_code`).
    public let code: Int32
    /// What the signal tells; missing if the image is too short.
    public let detail: Known<SignalDetail>
    /// The kernel's structure as the image has it.
    public let bytes: [UInt8]
    /// Where it was read.
    public let origin: Origin

    /// The name of the code: `SI_USER`, `SEGV_MAPERR`; nil for one that no name is known for.
    public var codeName: String? { signalCodeName(code, signal) }

    /// The address whose access failed; nil if the signal is not about one.
    public var faultAddress: UInt64? {
        guard case .fault(let fault) = detail.value else { return nil }
        return fault.address
    }
}

/// What a signal tells, which depends on its number and code.
public enum SignalDetail: Sendable, Equatable {
    /// A process sent it (`kill`, `tgkill`).
    case sent(by: SignalSender)
    /// A process sent it with a value (`sigqueue`), or a message queue or asynchronous transfer did.
    case queued(by: SignalSender, value: SignalValue)
    /// A POSIX timer expired.
    case timer(id: Int32, overrun: Int32, value: SignalValue)
    /// A child ended, stopped or went on.
    case child(SignalChild)
    /// An instruction failed.
    case fault(SignalFault)
    /// A descriptor is ready.
    case poll(band: Int64, descriptor: Int32)
    /// A system call was refused by seccomp or is handled in user space.
    case systemCall(address: UInt64, number: Int32, auditArchitecture: UInt32)
}

/// Who sent a signal, as seen from the receiver's namespaces.
public struct SignalSender: Sendable, Equatable {
    /// The process; 0 if it is in a namespace that the receiver does not see, or the kernel.
    public let pid: Int32
    /// The real user id.
    public let uid: UInt32
}

/// What SIGCHLD tells of a child.
public struct SignalChild: Sendable, Equatable {
    /// The child and its user.
    public let sender: SignalSender
    /// The exit status, or the signal that ended, stopped or continued it.
    public let status: Int32
    /// Processor time in user mode, in clock ticks.
    public let userTime: Int64
    /// Processor time in the kernel, in clock ticks.
    public let systemTime: Int64
}

/// What a signal tells of an instruction that failed.
public struct SignalFault: Sendable, Equatable {
    /// The address that was accessed, or of the instruction.
    public let address: UInt64
    /// What else is told.
    public let cause: Cause

    /// What else is told.
    public enum Cause: Sendable, Equatable {
        /// Nothing.
        case none
        /// A memory error: the lowest bit of the address that counts.
        case memoryError(lowestBit: Int16)
        /// The bounds that the address is outside of.
        case bounds(lower: UInt64, upper: UInt64)
        /// The protection key that forbade the access.
        case protectionKey(UInt32)
        /// The performance event that was asked to be told.
        case performance(data: UInt64, type: UInt32, flags: UInt32)
    }
}
