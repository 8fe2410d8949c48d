/// How a thread gets its share of the processor.
public struct Scheduling: Sendable, Equatable {
    /// The policy.
    public let policy: SchedulingPolicy
    /// Whether children begin with the default policy.
    public let isResetOnFork: Bool
    /// The priority among real-time threads; 0 for others.
    public let priority: Known<UInt32>
    /// The nice value, from -20 to 19.
    public let nice: Known<Int32>
}

/// A scheduling policy (`SCHED_*`).
public struct SchedulingPolicy: RawRepresentable, Hashable, Sendable {
    /// The number; values that no name is known for are kept.
    public let rawValue: UInt32

    /// Wraps a number, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The name of the constant, or nil for a number without a name.
    public var name: String? {
        let names: [UInt32: String] = [
            0: "SCHED_OTHER", 1: "SCHED_FIFO", 2: "SCHED_RR", 3: "SCHED_BATCH", 5: "SCHED_IDLE", 6: "SCHED_DEADLINE",
            7: "SCHED_EXT",
        ]
        return names[rawValue]
    }
}

/// The list of futexes that the kernel releases if a thread dies while it holds them.
public struct RobustList: Sendable, Equatable {
    /// The address of the head; 0 if there is none.
    public let address: UInt64
    /// The size of the head in bytes.
    public let length: UInt32
}

/// The area that a thread shares with the kernel for restartable sequences (`struct rseq`).
public struct RestartableSequences: Sendable, Equatable {
    /// The address of the area; 0 if none is registered.
    public let address: UInt64
    /// The size of the area in bytes.
    public let length: UInt32
    /// The word that stands before each abort handler.
    public let signature: UInt32
    /// The address of the description of the sequence that the thread was in; nil if CRIU kept none, which it does only
    /// for sequences that signals do not restart.
    public let activeSequence: UInt64?

    /// Whether an area is registered.
    public var isRegistered: Bool { address != 0 }
}
