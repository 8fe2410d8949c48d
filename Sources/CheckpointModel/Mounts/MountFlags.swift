/// The flags of a mount or of a mounted file system (`MS_*`).
public struct MountFlags: RawRepresentable, Hashable, Sendable {
    /// The bits as the image has them.
    public let rawValue: UInt32

    /// Wraps the bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether nothing can be written.
    public var isReadOnly: Bool { rawValue & 1 != 0 }

    /// Whether it cannot be bound elsewhere.
    public var isUnbindable: Bool { rawValue & 1 << 17 != 0 }

    /// The names as /proc/PID/mountinfo has them: `rw` or `ro` first, then the others in the kernel's order; bits without
    /// a name last in hexadecimal. How mounts propagate is no option there, and is left out.
    public var names: [String] {
        [isReadOnly ? "ro" : "rw"] + MountFlags.named.names(rawValue & ~(1 | MountFlags.propagation))
    }

    /// `MS_UNBINDABLE`, `MS_PRIVATE`, `MS_SLAVE`, `MS_SHARED`, and `MS_REC` that goes with them.
    private static let propagation: UInt32 = 0b1111 << 17 | 1 << 14

    private static let named = BitNames([
        (1 << 4, "sync"), (1 << 7, "dirsync"), (1 << 6, "mand"), (1 << 25, "lazytime"), (1 << 1, "nosuid"),
        (1 << 2, "nodev"), (1 << 3, "noexec"), (1 << 10, "noatime"), (1 << 11, "nodiratime"), (1 << 21, "relatime"),
        (1 << 8, "nosymfollow"), (1 << 24, "strictatime"), (1 << 23, "iversion"), (1 << 16, "posixacl"),
    ])
}
