/// A descriptor that stands for a process (`pidfd`).
public struct ProcessHandle: Sendable, Hashable {
    /// The process, an id inside its innermost pid namespace; nil if it had ended.
    public let pid: Int32?
    /// The inode number of the descriptor; on newer kernels the same for all descriptors of one process.
    public let inode: UInt32
}
