/// The flags of an open file (`O_*`), whose numbers depend on the machine.
public struct OpenFlags: Sendable, Equatable {
    /// The bits as the image has them.
    public let rawValue: UInt32
    private let names: [(bit: UInt32, name: String)]

    /// Wraps the bits.
    ///
    /// - Parameters:
    ///   - rawValue: The bits as the image has them.
    ///   - architecture: The machine whose numbers they are.
    public init(_ rawValue: UInt32, _ architecture: Architecture?) {
        self.rawValue = rawValue
        self.names = OpenFlags.common + OpenFlags.own(architecture)
    }

    /// The access mode: `O_RDONLY`, `O_WRONLY`, `O_RDWR`, or `3`, which means neither.
    public var access: String { ["O_RDONLY", "O_WRONLY", "O_RDWR", "3"][Int(rawValue & 3)] }

    /// Whether the file can be read. A file opened with `O_PATH` cannot.
    public var isReadable: Bool { !isPath && (rawValue & 3 == 0 || rawValue & 3 == 2) }

    /// Whether the file can be written. A file opened with `O_PATH` cannot.
    public var isWritable: Bool { !isPath && (rawValue & 3 == 1 || rawValue & 3 == 2) }

    /// Whether the descriptor only names the file.
    public var isPath: Bool { rawValue & 0o10_000_000 != 0 }

    /// The names of the flags, the access mode first, bits without a name last in hexadecimal.
    public var flagNames: [String] {
        var rest = rawValue & ~3
        var result = [access]
        for (bit, name) in names where rest & bit == bit {
            result.append(name)
            rest &= ~bit
        }
        if rest != 0 { result.append("0x" + String(rest, radix: 16)) }
        return result
    }

    /// Whether the flags are the same on the same machine.
    public static func == (left: OpenFlags, right: OpenFlags) -> Bool {
        left.flagNames == right.flagNames
    }

    /// The flags that all but MIPS have in common. Flags of two bits come before their parts.
    private static let common: [(bit: UInt32, name: String)] = [
        (0o4_010_000, "O_SYNC"), (0o100, "O_CREAT"), (0o200, "O_EXCL"), (0o400, "O_NOCTTY"), (0o1000, "O_TRUNC"),
        (0o2000, "O_APPEND"), (0o4000, "O_NONBLOCK"), (0o10000, "O_DSYNC"), (0o20000, "O_ASYNC"),
        (0o1_000_000, "O_NOATIME"), (0o2_000_000, "O_CLOEXEC"), (0o10_000_000, "O_PATH"),
    ]

    /// The four flags that ARM and POWER number in another way.
    private static func own(_ architecture: Architecture?) -> [(bit: UInt32, name: String)] {
        switch architecture?.name {
        case "arm", "aarch64", "ppc64":
            [
                (0o20_040_000, "O_TMPFILE"), (0o40000, "O_DIRECTORY"), (0o100000, "O_NOFOLLOW"), (0o200000, "O_DIRECT"),
                (0o400000, "O_LARGEFILE"),
            ]
        case "mips": []
        default:
            [
                (0o20_200_000, "O_TMPFILE"), (0o40000, "O_DIRECT"), (0o100000, "O_LARGEFILE"),
                (0o200000, "O_DIRECTORY"),
                (0o400000, "O_NOFOLLOW"),
            ]
        }
    }
}
