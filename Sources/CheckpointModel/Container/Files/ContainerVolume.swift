public import EvidenceText

/// A named volume of a container, with what was in it.
public struct ContainerVolume: Sendable {
    /// Its name.
    public let name: ByteText
    /// What was in it, by path.
    public let files: Known<[ArchiveMember]>
    /// Where it was read.
    public let origin: Origin
}
