public import EvidenceText

/// A BPF map.
public struct BPFMap: Sendable, Equatable {
    /// The type (`BPF_MAP_TYPE_*`).
    public let type: UInt32
    /// The kernel's id of the map.
    public let id: UInt32
    /// The name; may be empty.
    public let name: ByteText
    /// The size of a key in bytes.
    public let keySize: UInt32
    /// The size of a value in bytes.
    public let valueSize: UInt32
    /// How many entries the map can hold.
    public let capacity: UInt32
    /// The flags of the map (`BPF_F_*`).
    public let flags: UInt32
    /// The memory charged for it, in bytes.
    public let lockedBytes: UInt64
    /// Whether programs may no longer change it.
    public let isFrozen: Bool
    /// The network device that it was offloaded to; 0 if none.
    public let interfaceIndex: UInt32
    /// A parameter of the type; nil on old kernels.
    public let extra: UInt64?

    /// The name of the type, or nil for a number without a name.
    public var typeName: String? { BPFMap.typeNames[checked: type] }

    /// The names of the flags, unknown bits last in hexadecimal.
    public var flagNames: [String] { BPFMap.flagTable.names(flags) }

    private static let typeNames = [
        "unspec", "hash", "array", "prog_array", "perf_event_array", "percpu_hash", "percpu_array", "stack_trace",
        "cgroup_array", "lru_hash", "lru_percpu_hash", "lpm_trie", "array_of_maps", "hash_of_maps", "devmap", "sockmap",
        "cpumap", "xskmap", "sockhash", "cgroup_storage", "reuseport_sockarray", "percpu_cgroup_storage", "queue",
        "stack", "sk_storage", "devmap_hash", "struct_ops", "ringbuf", "inode_storage", "task_storage", "bloom_filter",
        "user_ringbuf", "cgrp_storage", "arena",
    ]

    private static let flagTable = BitNames([
        (0x1, "BPF_F_NO_PREALLOC"), (0x2, "BPF_F_NO_COMMON_LRU"), (0x4, "BPF_F_NUMA_NODE"), (0x8, "BPF_F_RDONLY"),
        (0x10, "BPF_F_WRONLY"), (0x20, "BPF_F_STACK_BUILD_ID"), (0x40, "BPF_F_ZERO_SEED"), (0x80, "BPF_F_RDONLY_PROG"),
        (0x100, "BPF_F_WRONLY_PROG"), (0x200, "BPF_F_CLONE"), (0x400, "BPF_F_MMAPABLE"),
        (0x800, "BPF_F_PRESERVE_ELEMS"), (0x1000, "BPF_F_INNER_MAP"), (0x2000, "BPF_F_LINK"),
    ])
}
