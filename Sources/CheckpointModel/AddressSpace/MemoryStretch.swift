public import EvidenceText
public import SystemPackage

internal import CRIUImages

/// Consecutive bytes of memory that come from one place, or that are absent for one reason.
public struct MemoryStretch: Sendable {
    /// The addresses.
    public let addresses: Range<UInt64>
    /// Where the bytes come from, or why there are none.
    public let origin: Origin
    /// The bytes; nil if they are absent. There are as many as addresses.
    public let bytes: Bytes?
    /// Whether the bytes are in a hole of the image: zeros that a copy of the image stored sparsely, or what is left where a
    /// newer dump or a restore made pages needless (`criu dedup`, `--auto-dedup`). Which it was cannot be told.
    public internal(set) var isHole = false

    /// How many bytes there are, or would be.
    public var byteCount: UInt64 { addresses.upperBound - addresses.lowerBound }

    /// Where the bytes of a stretch come from.
    public enum Origin: Sendable, Equatable {
        /// A pages image of a snapshot: 0 for this dump, 1 for its parent, and so on.
        case image(snapshot: Int, name: String, offset: UInt64)
        /// An image of memory that processes can share, by the number and the name of that memory.
        case object(id: UInt64, ByteText, snapshot: Int, image: String, offset: UInt64)
        /// The image of a deleted file that the area maps.
        case deletedFile(ByteText, image: String, offset: UInt64)
        /// A file that the area maps, from outside of the images.
        case file(ByteText, offset: UInt64, isVerified: Bool)
        /// Nowhere.
        case absent(Reason)
    }

    /// Why bytes are absent. Absent is not zero, but for ``untouched`` pages, which read as zeros.
    public enum Reason: Sendable, Equatable {
        /// No area has the addresses.
        case unmapped
        /// A page of a file that the process never changed: the file has it.
        case cleanFilePage(ByteText, offset: UInt64)
        /// Anonymous memory that was never written: the process read zeros.
        case untouched
        /// Memory of a device or of the kernel, which CRIU does not dump.
        case notDumped
        /// A guard region: no page can be there.
        case guardRegion
        /// The pages were left behind when dumping, to be fetched later.
        case lazy
        /// The images that should have the bytes are damaged or missing; the detail says how.
        case lost(String)
    }

    /// Bytes in memory that is mapped, or was unpacked.
    public struct Bytes: Sendable {
        let bytes: ImageBytes

        /// How many there are.
        public var count: Int { bytes.count }

        /// Calls a function with the bytes, which stay where they are as long as a copy of this value is kept.
        public func withUnsafeBytes<Result, Failure: Error>(
            _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
        ) throws(Failure) -> Result {
            try bytes.withUnsafeBytes(body)
        }

        /// A copy of a range of the bytes.
        ///
        /// - Precondition: `part` is within `0..<count`.
        public func copy(_ part: Range<Int>) -> [UInt8] { bytes.copy(part) }

        /// A range of the bytes, which are not copied.
        ///
        /// - Precondition: `part` is within `0..<count`.
        public subscript(part: Range<Int>) -> Bytes { Bytes(bytes: bytes[part]) }

        /// These bytes and others as one stretch, if they lie one after the other in one image; else nil.
        public func joined(with next: Bytes) -> Bytes? { bytes.joined(with: next.bytes).map { Bytes(bytes: $0) } }

        /// Whether these bytes and others are the same ones: not alike, but the same part of one image or file, even if
        /// it was opened twice. If not, they may still be alike.
        public func isSame(as other: Bytes) -> Bool { bytes.isSame(as: other.bytes) }

        /// Writes the bytes to a file, memory staying flat.
        ///
        /// - Parameters:
        ///   - file: A regular file that is open for writing. It stays the caller's.
        ///   - offset: Where in the file the first byte goes.
        /// - Throws: `Errno` of the file; `fileTooLarge` if no file can have bytes there.
        public func write(to file: FileDescriptor, at offset: UInt64) throws(Errno) {
            try bytes.write(to: file, at: offset)
        }

        /// Tells the kernel that a range is about to be read as a whole.
        ///
        /// - Precondition: `part` is within `0..<count`.
        public func prefetch(_ part: Range<Int>) { bytes.prefetch(part) }

        /// Tells the kernel that a range will not be read again soon.
        public func release(_ part: Range<Int>) { bytes.release(part) }
    }
}
