/// A kind of namespace that the kernel has.
public enum NamespaceKind: String, Sendable, CaseIterable {
    /// Process ids.
    case pid
    /// Mounts.
    case mnt
    /// Network devices, addresses, routes, sockets.
    case net
    /// Host and domain name.
    case uts
    /// System V IPC and POSIX message queues.
    case ipc
    /// User and group ids, and capabilities over what belongs to them.
    case user
    /// What is shown as the root of the cgroup tree.
    case cgroup
    /// Clocks that count from the start of the machine.
    case time

    /// The kind in words, as it stands before "namespace".
    public var title: String {
        switch self {
        case .pid: "PID"
        case .mnt: "mount"
        case .net: "network"
        case .uts: "UTS"
        case .ipc: "IPC"
        case .user: "user"
        case .cgroup: "cgroup"
        case .time: "time"
        }
    }

    /// The flag of `clone` by which images of descriptors name the kind (`CLONE_NEW*`).
    var cloneFlag: UInt32 {
        switch self {
        case .time: 0x80
        case .mnt: 0x2_0000
        case .cgroup: 0x200_0000
        case .uts: 0x400_0000
        case .ipc: 0x800_0000
        case .user: 0x1000_0000
        case .pid: 0x2000_0000
        case .net: 0x4000_0000
        }
    }

    /// What the names of the images of such a namespace begin with, before its number; nil if there are none.
    var imagePrefix: String? {
        switch self {
        case .pid: "pidns-"
        case .mnt: "mountpoints-"
        case .net: "netns-"
        case .uts: "utsns-"
        case .ipc: "ipcns-var-"
        case .user: "userns-"
        case .time: "timens-"
        case .cgroup: nil
        }
    }
}
