internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Tells one file or directory from another, whatever the paths to it.
struct FileIdentity: Hashable {
    let device: UInt64
    let inode: UInt64
}

/// What the file system says of a file.
struct FileStatus {
    let identity: FileIdentity
    /// The bits of the mode that tell what it is.
    let type: UInt32
    /// In bytes; of a regular file.
    let size: UInt64
    /// How many names it has.
    let linkCount: UInt64
    /// Seconds since 1970.
    let modificationTime: Int64
    /// The nanoseconds of that time.
    let modificationNanoseconds: Int

    var isRegular: Bool { type == UInt32(S_IFREG) }
    var isDirectory: Bool { type == UInt32(S_IFDIR) }
    var isLink: Bool { type == UInt32(S_IFLNK) }

    fileprivate init(_ status: stat) {
        identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        type = UInt32(status.st_mode & S_IFMT)
        size = UInt64(clamping: status.st_size)
        linkCount = UInt64(status.st_nlink)
        modificationTime = Int64(status.st_mtim.tv_sec)
        modificationNanoseconds = Int(status.st_mtim.tv_nsec)
    }
}

/// Asks the file system about a path.
func fileStatus(_ path: FilePath, followsLink: Bool) throws(Errno) -> FileStatus {
    var status = stat()
    let result = path.withPlatformString { followsLink ? stat($0, &status) : lstat($0, &status) }
    guard result == 0 else { throw Errno(rawValue: errno) }
    return FileStatus(status)
}

/// Asks the file system about an open file.
func fileStatus(_ file: FileDescriptor) throws(Errno) -> FileStatus {
    var status = stat()
    guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    return FileStatus(status)
}

/// The names in a directory, without `.` and `..`, in no order. Names that are not UTF-8 are left out: CRIU has none.
func directoryNames(_ path: FilePath) throws(Errno) -> [String] {
    try directoryEntries(path).names.compactMap(\.string)
}

/// The names in a directory as they are, without `.` and `..`, in no order.
///
/// - Returns: The names, and what ended the reading of them early; nil if they are all.
/// - Throws: `Errno` if it cannot be opened.
func directoryEntries(_ path: FilePath) throws(Errno) -> (names: [ByteText], failure: Errno?) {
    let descriptor = try openEvidence(path, .directory)
    guard let directory = fdopendir(descriptor.rawValue) else {
        let failure = Errno(rawValue: errno)
        try? descriptor.close()
        throw failure
    }
    defer { closedir(directory) }
    var names: [ByteText] = []
    // The end and a failure look alike, but for the error number.
    errno = 0
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                ByteText(Array(UnsafeRawBufferPointer(start: name, count: strlen(name))))
            }
        }
        if name != ".", name != ".." { names.append(name) }
        errno = 0
    }
    return (names, errno == 0 ? nil : Errno(rawValue: errno))
}

/// What a symbolic link says.
func linkTarget(_ path: FilePath) throws(Errno) -> ByteText {
    var target = [UInt8](repeating: 0, count: 4096)
    let length = path.withPlatformString { path in
        target.withUnsafeMutableBytes { buffer in
            buffer.bindMemory(to: CChar.self).baseAddress.map { readlink(path, $0, buffer.count) } ?? -1
        }
    }
    guard length >= 0 else { throw Errno(rawValue: errno) }
    return ByteText(Array(target.prefix(length)))
}

/// How many bytes are free on the file system of an open file; all there could be, if it does not tell.
func freeBytes(beside file: FileDescriptor) -> Int64 {
    var status = statvfs()
    guard fstatvfs(file.rawValue, &status) == 0 else { return .max }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflow ? .max : Int64(clamping: bytes)
}
