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
    let isRegular: Bool
    let isDirectory: Bool
    /// Seconds since 1970.
    let modificationTime: Int64
}

/// Asks the file system about a path.
func fileStatus(_ path: FilePath, followsLink: Bool) throws(Errno) -> FileStatus {
    var status = stat()
    let result = path.withPlatformString { followsLink ? stat($0, &status) : lstat($0, &status) }
    guard result == 0 else { throw Errno(rawValue: errno) }
    return FileStatus(
        identity: FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino)),
        isRegular: status.st_mode & S_IFMT == S_IFREG,
        isDirectory: status.st_mode & S_IFMT == S_IFDIR,
        modificationTime: Int64(status.st_mtim.tv_sec))
}

/// The names in a directory, without `.` and `..`, in no order. Names that are not UTF-8 are left out: CRIU has none.
func directoryNames(_ path: FilePath) throws(Errno) -> [String] {
    guard let directory = path.withPlatformString({ opendir($0) }) else { throw Errno(rawValue: errno) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
            $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
        }
        if let name, name != ".", name != ".." { names.append(name) }
    }
    return names
}

/// How many bytes are free on the file system of an open file; all there could be, if it does not tell.
func freeBytes(beside file: FileDescriptor) -> Int64 {
    var status = statvfs()
    guard fstatvfs(file.rawValue, &status) == 0 else { return .max }
    let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return overflow ? .max : Int64(clamping: bytes)
}
