/// A system call that a thread was in when it was frozen.
public struct SystemCall: Sendable, Equatable {
    /// The number.
    public let number: UInt64
    /// Whose number it is.
    public let table: SystemCallTable
    /// How far the call had come.
    public let progress: Progress
    /// Whether the registers, or the instruction that the thread stood at, say so beyond doubt. If not, it is what the
    /// register for the number holds, which a thread in user mode may hold as well.
    public let isCertain: Bool

    /// The name as the kernel has it, or nil for a number that no name is known for.
    public var name: String? { table.name(number) }

    /// How far a system call had come.
    public enum Progress: Sendable, Equatable {
        /// It was broken off and is made again when the thread goes on: the thread was moved back to the instruction.
        ///
        /// A call that had just returned its own number looks the same where the instruction is not in the images.
        case restarts
        /// It was broken off and is to be made again, but the thread stands behind the instruction, as CRIU 3.17.1 left
        /// those of 64-bit PowerPC.
        case restartsUnmoved
        /// It was ended early by the freeze, and says so to the program (`EINTR`).
        case interrupted
        /// It had ended with this result.
        case returned(UInt64)
        /// The images do not tell.
        case unknown
    }

    /// Whether it is made again when the thread goes on.
    public var isRestarted: Bool { progress == .restarts || progress == .restartsUnmoved }
}

/// What a thread was doing when it was frozen.
public enum ThreadActivity: Sendable, Equatable {
    /// It ran its program.
    case userMode
    /// It was in a system call, or had just come out of one.
    case systemCall(SystemCall)

    /// The system call; nil in user mode.
    public var systemCall: SystemCall? {
        guard case .systemCall(let call) = self else { return nil }
        return call
    }
}
