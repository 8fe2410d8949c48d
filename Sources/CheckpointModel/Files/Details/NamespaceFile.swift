/// A descriptor of a namespace, as from `/proc/PID/ns/net`.
public struct NamespaceFile: Sendable, Hashable {
    /// CRIU's id of the namespace, by which its images are named.
    public let id: UInt32
    /// The kind of namespace, as its `CLONE_NEW*` flag.
    public let kindFlag: UInt32

    /// The name of the kind as /proc has it (`net`), or nil for a number without a name.
    public var kindName: String? {
        let names: [UInt32: String] = [
            0x80: "time", 0x20000: "mnt", 0x200_0000: "cgroup", 0x400_0000: "uts", 0x800_0000: "ipc",
            0x1000_0000: "user", 0x2000_0000: "pid", 0x4000_0000: "net",
        ]
        return names[kindFlag]
    }
}
