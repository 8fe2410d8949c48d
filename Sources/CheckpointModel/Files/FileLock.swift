internal import CRIUImages

/// A lock or lease that a process held on a file.
public struct FileLock: Sendable, Hashable {
    /// The sort of lock.
    public let kind: Kind
    /// What it allows others, as the image has it: 0 for reading, 1 for writing, 2 unlocked, and flags.
    public let type: UInt32
    /// The offset of the first locked byte.
    public let start: Int64
    /// How many bytes are locked; 0 means up to the end of the file, however far it grows.
    public let length: Int64
    /// The process that holds it.
    public let pid: Int
    /// The descriptor of that process through which it is held.
    public let descriptor: UInt32
    /// Where it was read.
    public let origin: Origin

    /// The sorts of locks.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: UInt32

        /// Wraps a number, known or not.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// A record lock of POSIX, held by a process.
        public static let posix = Kind(rawValue: 1)
        /// A lock of `flock`.
        public static let flock = Kind(rawValue: 2)
        /// A lock of an open file description.
        public static let openFile = Kind(rawValue: 4)
        /// A lease.
        public static let lease = Kind(rawValue: 8)

        /// A word for it, as /proc/locks has it but in small letters; nil for a number without a name.
        public var name: String? {
            let names: [Kind: String] = [.posix: "posix", .flock: "flock", .openFile: "ofd", .lease: "lease"]
            return names[self]
        }
    }

    /// The words for what it allows: `read`, `write` or `unlocked`, and whether it is being broken or mandatory.
    public var typeNames: [String] {
        let access = ["read", "write", "unlocked"][checked: type & 3]
        return [access ?? "3"] + FileLock.flagNames.names(type & ~3)
    }

    private static let flagNames = BitNames([(4, "breaking"), (32, "mandatory")])
}

extension FileLock {
    static func load(_ library: ImageLibrary) -> [FileLock] {
        let entries = library.records("filelocks.img", FileLockEntry.self).value ?? []
        return entries.enumerated().map { index, entry in
            FileLock(
                kind: Kind(rawValue: entry.flag), type: entry.type, start: entry.start, length: entry.len,
                pid: Int(entry.pid), descriptor: UInt32(bitPattern: entry.fd),
                origin: Origin("filelocks.img", entry: index))
        }
    }
}
