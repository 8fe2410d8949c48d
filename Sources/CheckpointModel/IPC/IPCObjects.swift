/// What an IPC namespace holds. POSIX message queues are in no image but for their limits: CRIU dumps no process tree whose
/// mqueue file system has files.
public struct IPCObjects: Sendable {
    /// The message queues, in the order of the image.
    public let queues: Known<[MessageQueue]>
    /// The sets of semaphores, in the order of the image.
    public let semaphores: Known<[SemaphoreSet]>
    /// The shared memory segments, in the order of the image.
    public let segments: Known<[SharedSegment]>
    /// The settings, by the names that `sysctl` has for them.
    public let settings: Known<[KernelSetting]>
}
