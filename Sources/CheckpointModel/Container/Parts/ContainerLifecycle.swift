public import EvidenceText

/// Whether a container ran, and what its engine was to do when it ends.
public struct ContainerLifecycle: Sendable {
    /// Its state in a word, as the engine last wrote it.
    public let state: Known<ByteText>
    /// The process id of its first process on the host.
    public let hostPID: Known<Int64>
    /// How it had last ended.
    public let exitCode: Known<Int64>
    /// What was to be done when it ends.
    public let restartPolicy: Known<ByteText>
    /// How often it had been restarted.
    public let restartCount: Known<Int64>
    /// The signal that stops it: a number, or a name.
    public let stopSignal: Known<ByteText>
    /// Whether it had been restored from an earlier checkpoint.
    public let isRestored: Known<Bool>
}
