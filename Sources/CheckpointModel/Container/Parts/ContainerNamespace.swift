public import EvidenceText

/// A namespace that a container was given.
public struct ContainerNamespace: Sendable {
    /// Its type, in the runtime's words: `pid`, `network`, `mount`, `ipc`, `uts`, `user`, `cgroup`, `time`.
    public let type: ByteText
    /// The path of one that was there before, on the host; missing as not applicable if a new one was made.
    public let path: Known<ByteText>
}
