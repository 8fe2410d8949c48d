/// The state of an automounter's mount (autofs).
public struct Automounter: Sendable {
    /// The descriptor by which its daemon hears of accesses; nil if there is no daemon any more.
    public let descriptor: Int32?
    /// The process group of the daemon.
    public let processGroup: Int32
    /// After how many seconds an idle mount goes.
    public let timeoutSeconds: Int32
    /// The oldest and newest protocol that the daemon speaks.
    public let protocolVersions: (oldest: Int32, newest: Int32)
    /// 0 a direct mount, 1 an indirect one, 2 an offset mount.
    public let mode: Int32
    /// The user that owns the mount; nil if it was not told.
    public let user: Int32?
    /// The group that owns the mount; nil if it was not told.
    public let group: Int32?
    /// Where it was read.
    public let origin: Origin
}
