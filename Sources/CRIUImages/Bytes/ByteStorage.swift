public import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The one owner of a stretch of memory: a mapped file, or a copy of bytes. Never changes after it is made.
final class ByteStorage: @unchecked Sendable {
    let buffer: UnsafeRawBufferPointer
    /// Which file is mapped; nil for a copy of bytes. It cannot become another's while the file is mapped.
    let file: FileNumbers?
    /// The mapped file, if it is large enough for that to be worth a descriptor, and descriptors are not short.
    let descriptor: FileDescriptor?
    private let isMapped: Bool

    /// What the kernel tells files by.
    struct FileNumbers: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    /// Maps a whole regular file for reading.
    init(mapping descriptor: FileDescriptor, count: Int) throws(Errno) {
        guard count > 0 else {
            self.buffer = UnsafeRawBufferPointer(start: nil, count: 0)
            self.file = nil
            self.descriptor = nil
            self.isMapped = false
            return
        }
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
        guard let address, address != MAP_FAILED else { throw Errno(rawValue: errno) }
        self.buffer = UnsafeRawBufferPointer(start: address, count: count)
        self.file = FileNumbers(device: status.st_dev, inode: status.st_ino)
        self.descriptor = count < ByteStorage.largeFile ? nil : ByteStorage.spareCopy(of: descriptor)
        self.isMapped = true
    }

    /// From how many bytes on a file is kept open besides.
    private static let largeFile = 1 << 20

    /// A copy of a descriptor, out of numbers that leave the low ones to everything else; nil if none is left.
    private static func spareCopy(of descriptor: FileDescriptor) -> FileDescriptor? {
        let lowest: Int32 = 512
        let copy = fcntl(descriptor.rawValue, F_DUPFD_CLOEXEC, lowest)
        return copy >= 0 ? FileDescriptor(rawValue: copy) : nil
    }

    /// Copies bytes.
    init(copying bytes: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
        copy.copyBytes(from: bytes)
        self.buffer = UnsafeRawBufferPointer(copy)
        self.file = nil
        self.descriptor = nil
        self.isMapped = false
    }

    deinit {
        try? descriptor?.close()
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
        } else {
            buffer.deallocate()
        }
    }

    /// Maps the pages of a range at once, in place of one fault after the other. An old kernel does not know how: it is as
    /// well then.
    func prefetch(_ range: Range<Int>) {
        guard isMapped, let base = buffer.baseAddress, !range.isEmpty else { return }
        let page = Int(getpagesize())
        let first = range.lowerBound / page * page
        let populateForReading: Int32 = 22
        madvise(UnsafeMutableRawPointer(mutating: base + first), range.upperBound - first, populateForReading)
    }

    /// Lets the kernel take back the memory of whole pages within a range; they are read anew when touched.
    func release(_ range: Range<Int>) {
        guard isMapped, let base = buffer.baseAddress else { return }
        let page = Int(getpagesize())
        let first = (range.lowerBound + page - 1) / page * page
        let end = range.upperBound / page * page
        guard first < end else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + first), end - first, MADV_DONTNEED)
    }
}

/// The number of bytes in a regular file, or nil if the descriptor is something else (a pipe, a terminal, a directory).
func regularFileSize(_ descriptor: FileDescriptor) throws(Errno) -> Int? {
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw Errno.isDirectory }
    return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
}

/// Opens a temporary file that has no name.
///
/// - Parameter folder: Where it is; nil for `TMPDIR`, or /tmp.
/// - Throws: `Errno`, if there is no room or no right to make one.
public func unnamedTemporaryFile(in folder: FilePath? = nil) throws(Errno) -> FileDescriptor {
    let folder = folder ?? FilePath(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")
    // O_TMPFILE, which is O_DIRECTORY and a bit of its own, does not come through from C.
    let direct = folder.withPlatformString { open($0, 0o20_000_000 | O_DIRECTORY | O_RDWR | O_CLOEXEC, 0o600) }
    if direct >= 0 { return FileDescriptor(rawValue: direct) }
    // An interruption waits until the name is gone again.
    var blocked = sigset_t()
    var before = sigset_t()
    sigfillset(&blocked)
    pthread_sigmask(SIG_BLOCK, &blocked, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var template = folder.appending("cryoscope.XXXXXX").withPlatformString {
        Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
    }
    let named = mkstemp(&template)
    guard named >= 0 else { throw Errno(rawValue: errno) }
    unlink(template)
    _ = fcntl(named, F_SETFD, FD_CLOEXEC)
    return FileDescriptor(rawValue: named)
}
