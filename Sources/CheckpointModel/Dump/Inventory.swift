public import EvidenceText

/// The description of a dump, from `inventory.img`.
public struct Inventory: Sendable {
    /// The version of the image format: 1 without lead words, 2 with them; 0 in a pre-dump.
    public let imageVersion: UInt32
    /// The machine of the first process.
    public let architecture: Known<Architecture>
    /// The version of CRIU, from the log of the dump.
    public let criuVersion: Known<String>
    /// When the images were written, by the time of the inventory file, in seconds since 1970.
    ///
    /// CRIU records no time of its own; copying the files can change this one.
    public let writtenAt: Known<Int64>
    /// How long the processes stood still, in microseconds.
    public let frozenMicroseconds: Known<UInt32>
    /// The kernel objects of CRIU itself: a namespace with an id of these was the host's, or CRIU's.
    public let rootIDs: Known<KernelObjectIDs>
    /// Whether the images of descriptors are numbered by table; if not, by process.
    public let hasDescriptorTables: Known<Bool>
    /// Whether the images of namespaces are numbered by namespace; if not, by process.
    public let hasNamespaceIDs: Known<Bool>
    /// The set of cgroups that CRIU was in.
    public let rootCgroupSet: Known<UInt32>
    /// The security module of the machine.
    public let securityModule: Known<SecurityModule>
    /// How long the machine had been up at the dump, in microseconds; present only if changes to memory were tracked.
    public let uptimeMicroseconds: Known<UInt64>
    /// How a pre-dump read memory; missing in a full dump.
    public let preDumpMode: Known<PreDumpMode>
    /// Whether TCP connections were left out, to come back closed.
    public let closesTCP: Known<Bool>
    /// What held packets back during the dump.
    public let networkLock: Known<NetworkLock>
    /// The plugins of CRIU that had a part in the dump; missing before CRIU 4.1, which did not record them.
    public let plugins: Known<[ByteText]>
    /// The random id of the run of CRIU, which is also in the name of its packet filter.
    public let runID: Known<ByteText>
    /// Whether probes of the kernel in the processes were left out.
    public let allowsUprobes: Known<Bool>
    /// How memory pages are compressed: 0 not at all, 1 page by page, 2 in regions.
    public let compression: Known<UInt32>
    /// Where it was read.
    public let origin: Origin
}
