public import EvidenceText

/// Whom the first process of a container ran as.
public struct ContainerUser: Sendable {
    /// What the user of the engine asked for: names or numbers.
    public let requested: Known<ByteText>
    /// The user id, in the container's user namespace.
    public let uid: Known<Int64>
    /// The group id.
    public let gid: Known<Int64>
    /// More groups.
    public let additionalGroups: Known<[Int64]>
    /// The file mode creation mask.
    public let umask: Known<Int64>
}
