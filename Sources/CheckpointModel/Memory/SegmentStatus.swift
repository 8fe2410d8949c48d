/// What CRIU found a memory area to be: the `VMA_*` bits of its images.
public struct SegmentStatus: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: UInt32

    /// Wraps the bits, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Dumped and restored; areas without it belong to the kernel.
    public static let regular = SegmentStatus(rawValue: 1 << 0)
    /// The stack of the main thread.
    public static let stack = SegmentStatus(rawValue: 1 << 1)
    /// The system call page of old x86-64 programs.
    public static let vsyscall = SegmentStatus(rawValue: 1 << 2)
    /// The kernel's shared object.
    public static let vdso = SegmentStatus(rawValue: 1 << 3)
    /// The heap that `brk` moves.
    public static let heap = SegmentStatus(rawValue: 1 << 5)
    /// A private mapping of a file.
    public static let filePrivate = SegmentStatus(rawValue: 1 << 6)
    /// A shared mapping of a file.
    public static let fileShared = SegmentStatus(rawValue: 1 << 7)
    /// Shared anonymous memory.
    public static let anonymousShared = SegmentStatus(rawValue: 1 << 8)
    /// Private anonymous memory.
    public static let anonymousPrivate = SegmentStatus(rawValue: 1 << 9)
    /// A System V segment.
    public static let sysvIPC = SegmentStatus(rawValue: 1 << 10)
    /// The ring of a packet socket.
    public static let socket = SegmentStatus(rawValue: 1 << 11)
    /// The kernel's variables behind the vdso.
    public static let vvar = SegmentStatus(rawValue: 1 << 12)
    /// A ring of asynchronous input and output.
    public static let aioRing = SegmentStatus(rawValue: 1 << 13)
    /// A mapping of a memfd.
    public static let memfd = SegmentStatus(rawValue: 1 << 14)
    /// A shadow stack.
    public static let shadowStack = SegmentStatus(rawValue: 1 << 15)
    /// A guard region (`MADV_GUARD_INSTALL`), which CRIU lists as an area of its own inside the one it was made in.
    public static let guardRegion = SegmentStatus(rawValue: 1 << 16)
    /// Instructions that user-space probes displaced.
    public static let uprobes = SegmentStatus(rawValue: 1 << 17)

    /// Whether the object id of the area is the id of a file in files.img.
    public var mapsFile: Bool { !isDisjoint(with: [.filePrivate, .fileShared, .socket]) }
}
