public import EvidenceText

/// A fanotify group. Events that nobody had read are not in the images.
public struct FanotifyGroup: Sendable, Equatable {
    /// The flags that the group was made with (`FAN_*` of `fanotify_init`).
    public let initFlags: UInt32
    /// The flags of the files opened for its events (`O_*`).
    public let eventFlags: UInt32
    /// What it watches, in the order of the image.
    public let marks: [Mark]

    /// What a mark is placed on.
    public enum Subject: Sendable, Equatable {
        /// One file or directory.
        case file(inode: UInt64, FileHandle)
        /// Everything on one mount, and where that is if the image tells.
        case mount(id: UInt32, path: ByteText?)
        /// Something else, by the number in the image.
        case other(Int32)
    }

    /// A mark.
    public struct Mark: Sendable, Equatable {
        /// What is watched.
        public let subject: Subject
        /// The device of the marked file or mount.
        public let device: DeviceNumber
        /// The flags of the mark.
        public let flags: UInt32
        /// The events watched for (`FAN_*` bits).
        public let mask: UInt32
        /// The events ignored.
        public let ignoredMask: UInt32

        /// The names of the events watched for, unknown bits last in hexadecimal.
        public var maskNames: [String] { FanotifyGroup.eventNames.names(mask) }

        /// The names of the events ignored, unknown bits last in hexadecimal.
        public var ignoredMaskNames: [String] { FanotifyGroup.eventNames.names(ignoredMask) }
    }

    /// The names of the flags that the group was made with: its class first.
    public var initFlagNames: [String] {
        let group = ["FAN_CLASS_NOTIF", "FAN_CLASS_CONTENT", "FAN_CLASS_PRE_CONTENT"][checked: initFlags >> 2 & 3]
        return [group].compactMap { $0 } + FanotifyGroup.flagNames.names(initFlags & (group == nil ? ~0 : ~0xC))
    }

    private static let flagNames = BitNames([
        (0x1, "FAN_CLOEXEC"), (0x2, "FAN_NONBLOCK"), (0x10, "FAN_UNLIMITED_QUEUE"), (0x20, "FAN_UNLIMITED_MARKS"),
        (0x40, "FAN_ENABLE_AUDIT"), (0x80, "FAN_REPORT_PIDFD"), (0x100, "FAN_REPORT_TID"), (0x200, "FAN_REPORT_FID"),
        (0x400, "FAN_REPORT_DIR_FID"), (0x800, "FAN_REPORT_NAME"), (0x1000, "FAN_REPORT_TARGET_FID"),
    ])

    fileprivate static let eventNames = BitNames([
        (0x1, "FAN_ACCESS"), (0x2, "FAN_MODIFY"), (0x4, "FAN_ATTRIB"), (0x8, "FAN_CLOSE_WRITE"),
        (0x10, "FAN_CLOSE_NOWRITE"), (0x20, "FAN_OPEN"), (0x40, "FAN_MOVED_FROM"), (0x80, "FAN_MOVED_TO"),
        (0x100, "FAN_CREATE"), (0x200, "FAN_DELETE"), (0x400, "FAN_DELETE_SELF"), (0x800, "FAN_MOVE_SELF"),
        (0x1000, "FAN_OPEN_EXEC"), (0x4000, "FAN_Q_OVERFLOW"), (0x8000, "FAN_FS_ERROR"), (0x10000, "FAN_OPEN_PERM"),
        (0x20000, "FAN_ACCESS_PERM"), (0x40000, "FAN_OPEN_EXEC_PERM"), (1 << 27, "FAN_EVENT_ON_CHILD"),
        (1 << 28, "FAN_RENAME"), (1 << 30, "FAN_ONDIR"),
    ])
}
