/// The execution domain of a process (`personality`).
///
/// CRIU reads the hexadecimal digits of /proc/PID/personality as decimal ones, up to the first letter: this undoes it.
/// Digits from the first letter on are lost, so that a value can be too small.
public struct Personality: Sendable, Equatable {
    /// The number in the image.
    public let recorded: UInt32
    /// The execution domain that the digits of that number stand for; nil if they stand for none.
    public let value: UInt32?

    /// Reads the number of an image.
    init(recorded: UInt32) {
        self.recorded = recorded
        value = UInt32(String(recorded), radix: 16)
    }

    /// The names of domain and flags (`PER_LINUX32`, `ADDR_NO_RANDOMIZE`); those without a name last in hexadecimal.
    public var names: [String] {
        guard let value else { return ["0x" + String(recorded, radix: 16)] }
        let domain = value & 0xFF
        let names = Personality.flags.names(value & ~0xFF)
        if domain == 0 { return names }
        return [Personality.domains[domain] ?? "0x" + String(domain, radix: 16)] + names
    }

    private static let flags = BitNames([
        (0x2_0000, "UNAME26"), (0x4_0000, "ADDR_NO_RANDOMIZE"), (0x8_0000, "FDPIC_FUNCPTRS"),
        (0x10_0000, "MMAP_PAGE_ZERO"), (0x20_0000, "ADDR_COMPAT_LAYOUT"), (0x40_0000, "READ_IMPLIES_EXEC"),
        (0x80_0000, "ADDR_LIMIT_32BIT"), (0x100_0000, "SHORT_INODE"), (0x200_0000, "WHOLE_SECONDS"),
        (0x400_0000, "STICKY_TIMEOUTS"), (0x800_0000, "ADDR_LIMIT_3GB"),
    ])

    private static let domains: [UInt32: String] = [
        1: "PER_SVR4", 2: "PER_SVR3", 3: "PER_SCOSVR3", 4: "PER_WYSEV386", 5: "PER_ISCR4", 6: "PER_BSD",
        7: "PER_XENIX", 8: "PER_LINUX32", 9: "PER_IRIX32", 10: "PER_IRIXN32", 11: "PER_IRIX64", 12: "PER_RISCOS",
        13: "PER_SOLARIS", 14: "PER_UW7", 15: "PER_OSF4", 16: "PER_HPUX",
    ]
}

/// The kernel's flags of a task (`PF_*`), as /proc/PID/stat has them.
public struct TaskFlags: Sendable, Equatable {
    /// The bits.
    public let rawValue: UInt32

    /// Wraps the bits.
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The names of the flags in Linux 6.18, bits without a name last in hexadecimal. Some bits had other meanings
    /// before.
    public var names: [String] { TaskFlags.table.names(rawValue) }

    private static let table = BitNames([
        (0x1, "PF_VCPU"), (0x2, "PF_IDLE"), (0x4, "PF_EXITING"), (0x8, "PF_POSTCOREDUMP"), (0x10, "PF_IO_WORKER"),
        (0x20, "PF_WQ_WORKER"), (0x40, "PF_FORKNOEXEC"), (0x80, "PF_MCE_PROCESS"), (0x100, "PF_SUPERPRIV"),
        (0x200, "PF_DUMPCORE"), (0x400, "PF_SIGNALED"), (0x800, "PF_MEMALLOC"), (0x1000, "PF_NPROC_EXCEEDED"),
        (0x2000, "PF_USED_MATH"), (0x4000, "PF_USER_WORKER"), (0x8000, "PF_NOFREEZE"), (0x1_0000, "PF_KCOMPACTD"),
        (0x2_0000, "PF_KSWAPD"), (0x4_0000, "PF_MEMALLOC_NOFS"), (0x8_0000, "PF_MEMALLOC_NOIO"),
        (0x10_0000, "PF_LOCAL_THROTTLE"), (0x20_0000, "PF_KTHREAD"), (0x40_0000, "PF_RANDOMIZE"),
        (0x400_0000, "PF_NO_SETAFFINITY"), (0x800_0000, "PF_MCE_EARLY"), (0x1000_0000, "PF_MEMALLOC_PIN"),
        (0x2000_0000, "PF_BLOCK_TS"), (0x8000_0000, "PF_SUSPEND_TASK"),
    ])
}

/// Whether a process may leave a core dump, and who may read its memory (`PR_SET_DUMPABLE`).
public struct Dumpability: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: Int32

    /// Wraps a number, known or not.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// A few words, or nil for a number without a meaning.
    public var name: String? { [0: "no", 1: "yes", 2: "root only"][rawValue] }
}

/// The `membarrier` commands that a process has registered for.
public struct MembarrierRegistrations: Sendable, Equatable {
    /// One bit for each command.
    public let rawValue: UInt32

    /// Wraps the bits.
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The names of the commands, bits without a name last in hexadecimal.
    public var names: [String] { MembarrierRegistrations.table.names(rawValue) }

    /// From bit 1 on, in the order of their bits.
    private static let table = BitNames(
        [
            "GLOBAL_EXPEDITED", "REGISTER_GLOBAL_EXPEDITED", "PRIVATE_EXPEDITED", "REGISTER_PRIVATE_EXPEDITED",
            "PRIVATE_EXPEDITED_SYNC_CORE", "REGISTER_PRIVATE_EXPEDITED_SYNC_CORE", "PRIVATE_EXPEDITED_RSEQ",
            "REGISTER_PRIVATE_EXPEDITED_RSEQ",
        ].enumerated().map { (2 << UInt64($0), "MEMBARRIER_CMD_" + $1) })
}
