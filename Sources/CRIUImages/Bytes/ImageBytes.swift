public import SystemPackage

internal import EvidenceText

/// A stretch of read-only bytes, usually of a mapped file. Copies and slices share the memory and keep it alive.
///
/// A mapped file must not be shortened while it is open: the kernel then ends the reader with SIGBUS.
public struct ImageBytes: Sendable {
    let storage: ByteStorage
    let range: Range<Int>

    private init(storage: ByteStorage, range: Range<Int>) {
        self.storage = storage
        self.range = range
    }

    /// Copies bytes that are in memory.
    public init(_ bytes: [UInt8]) {
        self.init(storage: ByteStorage(copying: bytes), range: 0..<bytes.count)
    }

    /// Maps the content of an open file, or, if it is not a regular file, first spools it to a temporary file without a
    /// name, so that memory stays flat.
    ///
    /// The descriptor stays the caller's, is only read, and can be closed afterwards.
    ///
    /// - Throws: `Errno`, for a directory too.
    public init(reading descriptor: FileDescriptor) throws(Errno) {
        if let count = try regularFileSize(descriptor) {
            self.init(storage: try ByteStorage(mapping: descriptor, count: count), range: 0..<count)
            return
        }
        let spool = try unnamedTemporaryFile()
        defer { try? spool.close() }
        let count = try copyAll(from: descriptor, to: spool)
        self.init(storage: try ByteStorage(mapping: spool, count: count), range: 0..<count)
    }

    /// Opens a file read-only and maps it.
    ///
    /// - Throws: `Errno`, for a directory too.
    public init(path: FilePath) throws(Errno) {
        let descriptor = try openEvidence(path)
        defer { try? descriptor.close() }
        try self.init(reading: descriptor)
    }

    /// The number of bytes.
    public var count: Int { range.count }

    /// The bytes of a range, without copying.
    ///
    /// - Precondition: `part` is within `0..<count`.
    public subscript(part: Range<Int>) -> ImageBytes {
        precondition(part.lowerBound >= 0 && part.upperBound <= count)
        let start = range.lowerBound + part.lowerBound
        return ImageBytes(storage: storage, range: start..<(start + part.count))
    }

    /// These bytes and others as one stretch, if the others begin in the same memory where these end; else nil.
    public func joined(with next: ImageBytes) -> ImageBytes? {
        guard storage === next.storage, range.upperBound == next.range.lowerBound else { return nil }
        return ImageBytes(storage: storage, range: range.lowerBound..<next.range.upperBound)
    }

    /// Whether these bytes and others are the same ones: not alike, but the same part of the same memory or mapped file.
    public func isSame(as other: ImageBytes) -> Bool {
        guard range == other.range else { return false }
        return storage === other.storage || (storage.file != nil && storage.file == other.storage.file)
    }

    /// Device and inode of the file that is mapped, if these are the bytes from its beginning on; else nil.
    public var mappedFile: (device: UInt64, inode: UInt64)? {
        guard range.lowerBound == 0, let file = storage.file else { return nil }
        return (UInt64(file.device), UInt64(file.inode))
    }

    /// Calls a function with the bytes, which are valid only during the call.
    public func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(rebasing: storage.buffer[range]))
    }

    /// A copy of a range of the bytes.
    ///
    /// - Precondition: `part` is within `0..<count`.
    public func copy(_ part: Range<Int>) -> [UInt8] {
        precondition(part.lowerBound >= 0 && part.upperBound <= count)
        return withUnsafeBytes { Array($0[part]) }
    }

    /// Tells the kernel that a range is about to be read as a whole, which is then quicker.
    ///
    /// - Precondition: `part` is within `0..<count`.
    public func prefetch(_ part: Range<Int>) {
        storage.prefetch((range.lowerBound + part.lowerBound)..<(range.lowerBound + part.upperBound))
    }

    /// Tells the kernel that a range will not be read again soon, so that streaming through a large file takes no memory.
    ///
    /// Bytes before the range can be given back as well: where a file is mapped in large pages, reading the last byte of
    /// the range before brought in all of its page again.
    public func release(_ part: Range<Int>) {
        let largePage = 2 << 20
        let start = max(range.lowerBound + part.lowerBound - largePage, 0)
        let end = range.lowerBound + min(part.upperBound, count)
        if start < end { storage.release(start..<end) }
    }
}

/// Copies everything that can be read to a file and returns how much it was.
private func copyAll(from source: FileDescriptor, to target: FileDescriptor) throws(Errno) -> Int {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var total = 0
    return try throwingErrno {
        while true {
            let count = try source.read(into: buffer)
            guard count > 0 else { return total }
            total += try target.writeAll(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
