/// An epoll instance.
public struct EventPoll: Sendable, Hashable {
    /// What it watches, in the order of the image.
    public let targets: [Target]

    /// A descriptor that is watched.
    public struct Target: Sendable, Hashable {
        /// The number that the descriptor had when it was added. It may have been closed since, or stand for another file.
        public let descriptor: UInt32
        /// The events waited for (`EPOLL*` bits).
        public let events: UInt32
        /// What the program gets back with each event.
        public let data: UInt64
        /// The device of the watched file; nil if the kernel did not tell.
        public let device: DeviceNumber?
        /// The inode number of the watched file, which anonymous files share; nil if the kernel did not tell.
        public let inode: UInt64?
        /// The offset of the watched file; nil if the kernel did not tell.
        public let position: UInt64?

        /// The names of the events, unknown bits last in hexadecimal.
        public var eventNames: [String] { Target.names.names(events) }

        private static let names = BitNames([
            (1, "EPOLLIN"), (2, "EPOLLPRI"), (4, "EPOLLOUT"), (8, "EPOLLERR"), (0x10, "EPOLLHUP"),
            (0x20, "EPOLLNVAL"), (0x40, "EPOLLRDNORM"), (0x80, "EPOLLRDBAND"), (0x100, "EPOLLWRNORM"),
            (0x200, "EPOLLWRBAND"), (0x400, "EPOLLMSG"), (0x2000, "EPOLLRDHUP"), (1 << 28, "EPOLLEXCLUSIVE"),
            (1 << 29, "EPOLLWAKEUP"), (1 << 30, "EPOLLONESHOT"), (1 << 31, "EPOLLET"),
        ])
    }
}
