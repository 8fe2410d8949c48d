public import EvidenceText

/// A thread of a process.
public struct TaskThread: Sendable {
    /// The thread's id, seen from the innermost dumped pid namespace.
    public let id: Int
    /// The thread's name, which the program sets freely.
    public let name: Known<ByteText>
}
