public import EvidenceText

/// The capabilities that an engine gave a process, by name: `CAP_CHOWN`.
public struct ContainerCapabilities: Sendable {
    /// Those that it and its programs can ever have.
    public let bounding: Known<[ByteText]>
    /// Those that it could make use of.
    public let permitted: Known<[ByteText]>
    /// Those that were in force.
    public let effective: Known<[ByteText]>
    /// Those that programs with capabilities of their own can take over.
    public let inheritable: Known<[ByteText]>
    /// Those that any program takes over.
    public let ambient: Known<[ByteText]>
}
