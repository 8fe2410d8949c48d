/// What System V objects have in common: names, owner and access rights.
public struct IPCPermissions: Sendable, Equatable {
    /// The kernel's id, unique among the objects of one sort; 0 is a valid one.
    public let id: UInt32
    /// The key by which programs find the object; 0 is private (`IPC_PRIVATE`).
    public let key: UInt32
    /// The user and group that own it, inside the user namespace.
    public let owner: Pair
    /// The user and group of who made it, inside the user namespace.
    public let creator: Pair
    /// The mode: permission bits, and above them the bits of shared memory.
    public let mode: UInt32

    /// A user and a group.
    public struct Pair: Sendable, Hashable {
        /// The user id.
        public let user: UInt32
        /// The group id.
        public let group: UInt32
    }
}
