public import EvidenceText

/// All that the images tell of a thread.
public struct ThreadDetails: Sendable {
    /// The thread's id, seen from the innermost dumped pid namespace.
    public let id: Int
    /// The thread's name, which the program sets freely.
    public let name: Known<ByteText>
    /// The registers.
    public let registers: Known<RegisterSet>
    /// Whether the thread ran its program or was in a system call.
    public let activity: Known<ThreadActivity>
    /// The signals that it blocks.
    public let blockedSignals: Known<SignalSet>
    /// The signals that wait for this thread alone, in the order in which they came.
    public let pendingSignals: Known<[PendingSignal]>
    /// The stack for its signal handlers.
    public let alternateStack: Known<AlternateStack>
    /// Who it acts as, and what it may do.
    public let credentials: Known<Credentials>
    /// How its system calls are confined.
    public let seccomp: Known<Seccomp>
    /// How it gets its share of the processor.
    public let scheduling: Known<Scheduling>
    /// The signal that it gets when its parent dies; missing if none.
    public let parentDeathSignal: Known<Signal>
    /// The futexes that the kernel releases for it.
    public let robustList: Known<RobustList>
    /// Its area for restartable sequences.
    public let restartableSequences: Known<RestartableSequences>
    /// Its control groups.
    public let cgroups: Known<[CgroupMembership]>
    /// Where it was read.
    public let origin: Origin

    /// The system call that it was in, or had just come out of; nil if it was in none, or if the images do not tell.
    public var systemCall: SystemCall? { activity.value?.systemCall }

    /// The address whose access failed, from the first signal that waits for the thread and tells one; nil if none does.
    /// Of a signal whose handler runs already, the images have the address in the stack only.
    public var faultAddress: UInt64? { pendingSignals.value?.lazy.compactMap(\.faultAddress).first }
}
