/// What the images tell of a process beside its tree, memory and files. What can differ between threads is in
/// ``ThreadDetails``.
public struct ProcessDetails: Sendable {
    /// The execution domain.
    public let personality: Known<Personality>
    /// The kernel's flags of the leader.
    public let flags: Known<TaskFlags>
    /// The limits on what the process may use, in the order of their numbers.
    public let limits: Known<[ResourceLimit]>
    /// How likely the out-of-memory killer picks the process: -1000 (never) to 1000.
    public let oomScoreAdjustment: Known<Int32>
    /// The audit user id of the login; ``unsetLoginUserID`` if it was never set.
    public let loginUserID: Known<UInt32>
    /// Whether the process adopts orphaned descendants.
    public let isChildSubreaper: Known<Bool>
    /// Whether it may leave a core dump.
    public let dumpability: Known<Dumpability>
    /// Whether it turned off huge pages for itself.
    public let isHugePagesDisabled: Known<Bool>
    /// The signal that stopped it; missing as not applicable if it is not stopped.
    public let stopSignal: Known<Signal>
    /// The `membarrier` commands that it has registered for.
    public let membarriers: Known<MembarrierRegistrations>
    /// The signals that wait for the process as a whole, in the order in which they came.
    public let pendingSignals: Known<[PendingSignal]>
    /// What it does about each signal, in the order of their numbers; SIGKILL and SIGSTOP are left out.
    public let signalActions: Known<[SignalAction]>
    /// The timers of `setitimer`.
    public let intervalTimers: Known<[IntervalTimer]>
    /// The timers of `timer_create`, in the order of the image.
    public let posixTimers: Known<[PosixTimer]>
    /// What the clocks showed that its time namespace can shift.
    public let clocks: Known<ClockReadings>
    /// Which other processes use the same kernel objects.
    public let sharedResources: Known<SharedResources>
    /// How the machine numbers signals.
    public let signalNumbering: SignalNumbering
    /// Where it was read.
    public let origin: Origin

    /// The audit user id that stands for none.
    public static let unsetLoginUserID = UInt32.max

    /// The signals that are ignored; missing if the handlers are.
    public var ignoredSignals: Known<SignalSet> { signalActions.map { $0.ignored(signalNumbering) } }

    /// The signals that have a handler; missing if the handlers are.
    public var caughtSignals: Known<SignalSet> { signalActions.map { $0.caught(signalNumbering) } }
}
