/// A set of capabilities.
public struct CapabilitySet: Sendable, Equatable {
    /// One bit for each, as /proc/PID/status has them.
    public let mask: UInt64

    /// Wraps a mask.
    public init(_ mask: UInt64) {
        self.mask = mask
    }

    /// Puts together 32-bit words, the low one first; beyond 64 bits there is nothing.
    init(words: [UInt32]) {
        mask = words.prefix(2).enumerated().reduce(0) { $0 | UInt64($1.element) << (UInt64($1.offset) * 32) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { mask == 0 }

    /// Whether all that are known to this version are in the set. Older kernels have fewer.
    public var isFull: Bool { mask == CapabilitySet.known }

    /// The names in the order of their bits; bits without a name last as one hexadecimal number.
    public var names: [String] {
        CapabilitySet.table.names(mask)
    }

    /// The names of those that the set lacks.
    public var missingNames: [String] { CapabilitySet(CapabilitySet.known & ~mask).names }

    private static let table = BitNames(names.enumerated().map { (1 << UInt64($0), "CAP_" + $1) })

    private static let known: UInt64 = 1 << UInt64(names.count) - 1

    private static let names = [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
        "LINUX_IMMUTABLE", "NET_BIND_SERVICE", "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER",
        "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN", "SYS_BOOT", "SYS_NICE",
        "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP",
        "MAC_OVERRIDE", "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF",
        "CHECKPOINT_RESTORE",
    ]
}

/// What restricts the special rights of user id 0 (`SECBIT_*`).
public struct SecureBits: Sendable, Equatable {
    /// The bits.
    public let rawValue: UInt32

    /// Wraps the bits.
    public init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The names of the bits, those without a name last in hexadecimal.
    public var names: [String] { SecureBits.table.names(rawValue) }

    /// Each bit is followed by one that locks it.
    private static let table = BitNames(
        [
            "NOROOT", "NO_SETUID_FIXUP", "KEEP_CAPS", "NO_CAP_AMBIENT_RAISE", "EXEC_RESTRICT_FILE",
            "EXEC_DENY_INTERACTIVE",
        ].enumerated().flatMap { index, name in
            [(1 << UInt64(2 * index), "SECBIT_" + name), (2 << UInt64(2 * index), "SECBIT_\(name)_LOCKED")]
        })
}
