public import EvidenceText

/// Where the parts of a container were on its host.
public struct ContainerPaths: Sendable {
    /// Its root file system.
    public let root: Known<ByteText>
    /// Its cgroup, as the runtime was told: a path, or `slice:prefix:name` for systemd.
    public let cgroup: Known<ByteText>
    /// The cgroup that its cgroup is in.
    public let cgroupParent: Known<ByteText>
    /// Its log.
    public let log: Known<ByteText>
    /// How the engine keeps its log.
    public let logDriver: Known<ByteText>
}
