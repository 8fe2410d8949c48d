public import EvidenceText

/// A mount, as a line of /proc/PID/mountinfo has it.
public struct Mount: Sendable {
    /// The kernel's id of the mount.
    public let id: UInt32
    /// The id of the mount that it is on; that of the topmost one leads out of the namespace.
    public let parentID: UInt32
    /// The device of the file system.
    public let device: DeviceNumber
    /// Which part of the file system is mounted: `/` is all of it. The kernel's `//deleted` behind it is not here.
    public let root: ByteText
    /// Where it is mounted, as the mount namespace sees it.
    public let mountPoint: ByteText
    /// What was mounted, such as a device; often just a name.
    public let source: ByteText
    /// The name of the type of file system; CRIU keeps only those that it knows.
    public let fileSystem: Known<ByteText>
    /// The number of the type in the images (`fstype`).
    public let fileSystemNumber: UInt32
    /// The flags of the mount; in images without ``superFlags``, those of the file system as well.
    public let flags: MountFlags
    /// The flags of the file system; old images have none.
    public let superFlags: Known<MountFlags>
    /// The further options of the file system, separated by commas, as in the image.
    public let superOptions: ByteText
    /// The group of mounts that pass on to each other what is mounted below; nil if it is in none.
    public let sharedGroup: UInt32?
    /// The group that it receives mounts from; nil if it is not a slave.
    public let masterGroup: UInt32?
    /// How the restorer is to find it, if it came from outside; nil if it did not.
    public let external: ExternalMount?
    /// Whether the shared group of an external mount does not reach outside.
    public let hasInternalSharing: Bool
    /// Whether the mounted directory had been deleted.
    public let isDeleted: Bool
    /// Whether a plugin of CRIU takes care of it.
    public let usesPlugin: Bool
    /// Whether another mount of a namespace has the same file system: one of them is a bind mount of the other.
    public let isBound: Bool
    /// How many mounts are between this one and the top.
    public let depth: Int
    /// Where it was read.
    public let origin: Origin
}

/// A mount that the restorer has to supply.
public enum ExternalMount: Sendable, Equatable {
    /// By a key, given to CRIU by whoever dumped.
    case key(ByteText)
    /// A device that is mounted from outside.
    case device
    /// A bind mount that CRIU took for external by itself (`--external mnt[]`).
    case autodetected
    /// In the form of old images, which keep the key in place of the root.
    case old(ByteText)
}
