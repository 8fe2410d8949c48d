public import EvidenceText

/// A mapped area of an address space (VMA).
public struct MemorySegment: Sendable {
    /// The addresses.
    public let addresses: Range<UInt64>
    /// The access rights.
    public let protection: Protection
    /// Whether writes are seen by others that map the same object.
    public let isShared: Bool
    /// What CRIU found the area to be.
    public let status: SegmentStatus
    /// The kind of mapping (`MAP_*` bits).
    public let mapFlags: UInt32
    /// The advice given, bit N for the `MADV_*` constant N; 0 for none.
    public let advice: UInt64
    /// The offset in the mapped object, in bytes.
    public let offset: UInt64
    /// The id of the mapped object: of a file in files.img, or of shared memory.
    public let objectID: UInt64
    /// The name as /proc/PID/maps has it: a path, `[heap]`, or empty for anonymous memory.
    public let name: ByteText
    /// The mapped file, if one is mapped; missing as not applicable else.
    public let file: Known<OpenFile>
    /// How many pages of the area are where: those of the process's own page map.
    public let pages: PageCounts
    /// The shared memory that the area maps, with how many of its pages in the area are where; nil for other areas.
    public let sharedMemory: SharedMemoryView?
    /// The flags that a mapped file was opened with (`O_*`); nil if the image does not tell.
    public let fileFlags: UInt32?
    /// The area's place in the image, which need not be in the order of addresses.
    public let imageIndex: Int

    /// Access rights.
    public struct Protection: OptionSet, Sendable, Hashable {
        /// The `PROT_*` bits.
        public let rawValue: UInt32

        /// Wraps `PROT_*` bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// Readable.
        public static let read = Protection(rawValue: 1)
        /// Writable.
        public static let write = Protection(rawValue: 2)
        /// Executable.
        public static let execute = Protection(rawValue: 4)
    }

    /// Whether the area maps memory that has images of its own: a System V segment, a memfd, shared anonymous memory.
    /// Its pages are not in the page map of a process, unless it is a private copy.
    public var sharesObject: Bool { sharedMemory != nil }

    /// How many bytes the area has.
    public var byteCount: UInt64 { addresses.upperBound - addresses.lowerBound }
}
