/// The signal that struck a process: one of those by which the kernel tells of a failed instruction, or `abort`.
public struct StruckSignal: Sendable, Equatable {
    /// The thread that it struck.
    public let threadID: Int
    /// What the kernel was told of the signal.
    public let information: PendingSignal
    /// The address of the frame that the kernel made on the stack, if the thread runs its handler of the signal; nil if the
    /// signal waits to be delivered.
    public let frameAddress: UInt64?

    /// Finds the signal.
    ///
    /// A signal whose handler runs is no longer pending; the kernel wrote it to the stack of the thread, from where it is
    /// read (on x86-64, where the frame can be told beyond doubt). Next come signals that wait for a thread, then those that
    /// wait for the process. A signal that is blocked has not struck.
    ///
    /// - Parameters:
    ///   - threads: The threads of the process, the leader first.
    ///   - process: What the images tell of the process.
    ///   - space: The memory of the process.
    /// - Returns: The first such signal, in the order of the threads; nil if there is none.
    public static func find(
        _ threads: [ThreadDetails], _ process: ProcessDetails, _ space: AddressSpace
    ) -> StruckSignal? {
        if let finder = SignalFrameFinder(process, space) {
            for thread in threads {
                if let found = finder.frame(of: thread, isWanted: { strikes($0) }) { return found }
            }
        }
        for thread in threads {
            if let found = waiting(thread.pendingSignals, for: thread) { return found }
        }
        return threads.lazy.compactMap { waiting(process.pendingSignals, for: $0) }.first
    }

    private static func waiting(_ signals: Known<[PendingSignal]>, for thread: ThreadDetails) -> StruckSignal? {
        guard let blocked = thread.blockedSignals.value else { return nil }
        let signal = signals.value?.first { strikes($0.signal) && !blocked.contains($0.signal.number) }
        return signal.map { StruckSignal(threadID: thread.id, information: $0, frameAddress: nil) }
    }

    private static func strikes(_ signal: Signal) -> Bool {
        let names: Set = ["SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV", "SIGSYS", "SIGEMT"]
        return names.contains(signal.name)
    }
}
