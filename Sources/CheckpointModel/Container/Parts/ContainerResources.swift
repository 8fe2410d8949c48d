public import EvidenceText

/// How much a container could take of the machine. -1 is no limit.
public struct ContainerResources: Sendable {
    /// Memory, in bytes.
    public let memoryLimit: Known<Int64>
    /// The memory below which it is left alone, in bytes.
    public let memoryReservation: Known<Int64>
    /// Memory and swap together, in bytes.
    public let swapLimit: Known<Int64>
    /// The weight of its processor time against others'.
    public let cpuShares: Known<Int64>
    /// Processor time in a period, in microseconds.
    public let cpuQuota: Known<Int64>
    /// That period, in microseconds.
    public let cpuPeriod: Known<Int64>
    /// The processors that it may run on, as a list of ranges.
    public let cpus: Known<ByteText>
    /// The memory nodes that it may use, as a list of ranges.
    public let memoryNodes: Known<ByteText>
    /// How many processes and threads.
    public let pidsLimit: Known<Int64>
    /// How much the kernel was to like it as a victim when memory runs out: -1000 never, 1000 first.
    public let oomScoreAdjustment: Known<Int64>
}
