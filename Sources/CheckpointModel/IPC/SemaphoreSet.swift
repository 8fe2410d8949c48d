/// A set of System V semaphores. What `semop` would undo when a process ends (`SEM_UNDO`) is in no image.
public struct SemaphoreSet: Sendable {
    /// Its id, owner and access rights.
    public let permissions: IPCPermissions
    /// The values, in order.
    public let values: [UInt16]
    /// Where it was read.
    public let origin: Origin
}
