public import EvidenceText

/// A hierarchy of cgroups: that of version 2, or one of version 1 with its controllers.
public struct CgroupHierarchy: Sendable {
    /// The controllers that are mounted together, or `name=` and a name; a single empty name means version 2.
    public let controllers: [ByteText]
    /// Whether threads of one process can be in different cgroups.
    public let isThreaded: Known<Bool>
    /// The cgroups, each followed by those in it.
    public let groups: [Cgroup]
    /// Where it was read.
    public let origin: Origin

    /// Whether it is the one of version 2.
    public var isVersion2: Bool { controllers == [""] }
}
