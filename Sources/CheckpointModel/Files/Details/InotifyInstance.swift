/// An inotify instance. Events that nobody had read are not in the images.
public struct InotifyInstance: Sendable, Equatable {
    /// What it watches, in the order of the image.
    public let watches: [Watch]

    /// A watch.
    public struct Watch: Sendable, Equatable {
        /// The number that `inotify_add_watch` returned.
        public let number: UInt32
        /// The events watched for (`IN_*` bits).
        public let mask: UInt32
        /// The device of the watched file.
        public let device: DeviceNumber
        /// The inode number of the watched file.
        public let inode: UInt64
        /// How the watched file is found.
        public let handle: FileHandle

        /// The names of the events, unknown bits last in hexadecimal.
        public var maskNames: [String] { Watch.names.names(mask) }

        private static let names = BitNames([
            (0x1, "IN_ACCESS"), (0x2, "IN_MODIFY"), (0x4, "IN_ATTRIB"), (0x8, "IN_CLOSE_WRITE"),
            (0x10, "IN_CLOSE_NOWRITE"), (0x20, "IN_OPEN"), (0x40, "IN_MOVED_FROM"), (0x80, "IN_MOVED_TO"),
            (0x100, "IN_CREATE"), (0x200, "IN_DELETE"), (0x400, "IN_DELETE_SELF"), (0x800, "IN_MOVE_SELF"),
            (0x2000, "IN_UNMOUNT"), (0x4000, "IN_Q_OVERFLOW"), (0x8000, "IN_IGNORED"), (1 << 24, "IN_ONLYDIR"),
            (1 << 25, "IN_DONT_FOLLOW"), (1 << 26, "IN_EXCL_UNLINK"), (1 << 28, "IN_MASK_CREATE"),
            (1 << 29, "IN_MASK_ADD"), (1 << 30, "IN_ISDIR"), (1 << 31, "IN_ONESHOT"),
        ])
    }
}
