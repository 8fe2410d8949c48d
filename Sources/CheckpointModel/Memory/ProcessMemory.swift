internal import CRIUImages

/// The memory of a process: its areas and where their pages are.
public struct ProcessMemory: Sendable {
    /// The areas, by ascending address.
    public let segments: [MemorySegment]
    /// The page runs of this dump, by ascending address; missing if the page map cannot be read.
    public let pageRuns: Known<[PageRun]>
    /// The size of a page in bytes.
    public let pageSize: UInt64
    /// The id of the executable in files.img.
    public let executableID: UInt32
    /// Where the command line is.
    public let argumentAddresses: Range<UInt64>?
    /// Where the initial environment is.
    public let environmentAddresses: Range<UInt64>?
    /// The auxiliary vector: keys (`AT_*`) and values, up to the terminating AT_NULL.
    public let auxiliaryVector: [AuxiliaryEntry]
    /// Where the kernel was told that code, data, heap and stack are.
    public let bounds: MemoryBounds
    /// The rings of asynchronous input and output that the process set up.
    public let asynchronousRings: [AsynchronousRing]
    /// Whether the process turned off huge pages for itself; nil if the image does not tell.
    public let hasHugePagesDisabled: Bool?
    /// Where it was read.
    public let origin: Origin
    /// Reads the pages, through the parent snapshots.
    let reader: PageReader

    /// A key and value of the auxiliary vector.
    public struct AuxiliaryEntry: Sendable, Equatable {
        /// The `AT_*` constant.
        public let key: UInt64
        /// Its value.
        public let value: UInt64
    }

    /// All pages of the process in this dump and its parents.
    public var pages: PageCounts {
        segments.reduce(into: PageCounts()) { total, segment in total += segment.pages }
    }

    /// Why the pages of parent snapshots cannot be read; nil if they can, or if there are none.
    public var parentAbsence: Absence? { pageRuns.value == nil ? nil : reader.missingLevel }

    /// How many bytes of an area, or of all, the dump and its parents hold; at most what 64 bits can count.
    public func dumpedBytes(_ counts: PageCounts) -> UInt64 {
        counts.heldBytes(pageSize: pageSize, hasParents: parentAbsence == nil)
    }

    /// The bytes of an address range, from this dump or the parent snapshots.
    ///
    /// - Returns: The bytes, or the reason that the first missing page is missing.
    /// - Complexity: Logarithmic in the number of page runs for each page.
    public func bytes(at addresses: Range<UInt64>) -> Known<[UInt8]> {
        reader.bytes(at: addresses)
    }
}

/// Where the kernel was told that the parts of a program are.
public struct MemoryBounds: Sendable, Equatable {
    /// The program's code.
    public let code: (start: UInt64, end: UInt64)
    /// The program's initialised data.
    public let data: (start: UInt64, end: UInt64)
    /// The heap that `brk` moves.
    public let heap: (start: UInt64, end: UInt64)
    /// The address that the main thread's stack began at.
    public let stackStart: UInt64

    /// Whether all bounds are the same.
    public static func == (left: MemoryBounds, right: MemoryBounds) -> Bool {
        left.code == right.code && left.data == right.data && left.heap == right.heap
            && left.stackStart == right.stackStart
    }
}

/// A ring of asynchronous input and output, set up by `io_setup`.
public struct AsynchronousRing: Sendable, Hashable {
    /// The address, which is also the id of its context.
    public let address: UInt64
    /// How many requests it was set up for, as far as its size tells.
    public let requestCount: UInt32
    /// The size in bytes.
    public let byteCount: UInt32

    init(_ entry: AioRingEntry) {
        (address, requestCount, byteCount) = (entry.id, entry.nrReq, entry.ringLen)
    }
}
