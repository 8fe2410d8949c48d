public import EvidenceText

/// A cgroup: a directory in a hierarchy.
public struct Cgroup: Sendable {
    /// The path from the root of the hierarchy.
    public let path: ByteText
    /// How many cgroups of the images are above it.
    public let depth: Int
    /// Its settings, in the order of the image.
    public let properties: [Property]
    /// Who may use the directory; old images do not tell.
    public let permissions: Known<Permissions>

    /// A setting: a file of the directory.
    public struct Property: Sendable {
        /// The name of the file, such as `memory.max`.
        public let name: ByteText
        /// What was in it.
        public let value: ByteText
        /// Who may use the file; old images do not tell.
        public let permissions: Known<Permissions>

        /// Whether the value is what CRIU made of the state before it froze the tasks by this cgroup, and not what the file
        /// had: it notes `freezer.state` only where it was told to freeze tasks that way.
        public var isStateBeforeFreezing: Bool { name == "freezer.state" }

        /// Whether the value may be CRIU's own doing: on version 2 it freezes tasks by this file while it dumps, and notes
        /// the file as it is then.
        public var isPerhapsOfCRIU: Bool { name == "cgroup.freeze" && value == "1" }
    }

    /// The owner and mode of a file.
    public struct Permissions: Sendable, Hashable {
        /// The mode, whose low bits are the permissions.
        public let mode: UInt32
        /// The owner's user id, as CRIU saw it.
        public let user: UInt32
        /// The owner's group id, as CRIU saw it.
        public let group: UInt32
    }
}
