/// The sort of an open file: `fd_types` of the images.
public struct FileType: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: Int32

    /// Wraps a number, known or not.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Opened by path: a regular file, a directory, a device.
    public static let regular = FileType(rawValue: 1)
    /// An end of an unnamed pipe.
    public static let pipe = FileType(rawValue: 2)
    /// A named pipe.
    public static let fifo = FileType(rawValue: 3)
    /// A socket of IPv4 or IPv6.
    public static let inetSocket = FileType(rawValue: 4)
    /// A Unix socket.
    public static let unixSocket = FileType(rawValue: 5)
    /// An event counter.
    public static let eventfd = FileType(rawValue: 6)
    /// An epoll instance.
    public static let epoll = FileType(rawValue: 7)
    /// An inotify instance.
    public static let inotify = FileType(rawValue: 8)
    /// A descriptor that signals are read from.
    public static let signalfd = FileType(rawValue: 9)
    /// A packet socket.
    public static let packetSocket = FileType(rawValue: 10)
    /// A terminal.
    public static let terminal = FileType(rawValue: 11)
    /// A fanotify group.
    public static let fanotify = FileType(rawValue: 12)
    /// A netlink socket.
    public static let netlinkSocket = FileType(rawValue: 13)
    /// A descriptor of a namespace.
    public static let namespace = FileType(rawValue: 14)
    /// The file behind a tun or tap device.
    public static let tun = FileType(rawValue: 15)
    /// A file that a plugin of CRIU dumped.
    public static let external = FileType(rawValue: 16)
    /// A timer.
    public static let timerfd = FileType(rawValue: 17)
    /// Memory with a descriptor but no path.
    public static let memfd = FileType(rawValue: 18)
    /// A BPF map.
    public static let bpfMap = FileType(rawValue: 19)
    /// A descriptor that stands for a process.
    public static let pidfd = FileType(rawValue: 20)

    /// The name that CRIU gives the type, or nil for a number without a name.
    public var name: String? { FileType.names[rawValue] }

    /// Whether the file is a socket.
    public var isSocket: Bool { [.inetSocket, .unixSocket, .packetSocket, .netlinkSocket].contains(self) }

    private static let names: [Int32: String] = [
        1: "REG", 2: "PIPE", 3: "FIFO", 4: "INETSK", 5: "UNIXSK", 6: "EVENTFD", 7: "EVENTPOLL", 8: "INOTIFY",
        9: "SIGNALFD", 10: "PACKETSK", 11: "TTY", 12: "FANOTIFY", 13: "NETLINKSK", 14: "NS", 15: "TUNF", 16: "EXT",
        17: "TIMERFD", 18: "MEMFD", 19: "BPFMAP", 20: "PIDFD",
    ]
}
