public import EvidenceText

/// A resource limit that an engine set.
public struct ContainerLimit: Sendable, Equatable {
    /// Its name: `RLIMIT_NOFILE`.
    public let type: ByteText
    /// The limit that counts.
    public let soft: Known<UInt64>
    /// How far it can be raised.
    public let hard: Known<UInt64>
}
