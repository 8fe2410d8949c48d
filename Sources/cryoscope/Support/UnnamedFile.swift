import EvidenceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A new file without a name in the folder of a path, which vanishes unless it is given one; nil where the file system or
/// the system has no such files.
func unnamedFile(beside path: String) -> FileDescriptor? {
    let folder = FilePath(path).removingLastComponent()
    return unnamedFile(in: folder.isEmpty ? "." : folder.string, permissions: 0o644)
}

/// A new file without a name in a folder, which vanishes unless it is given one; nil where the file system or the system
/// has no such files.
///
/// - Parameters:
///   - folder: The path of the folder.
///   - parent: The open folder that a relative path begins in; the working directory unless given.
///   - permissions: Who may do what, as far as the user's mask lets it.
func unnamedFile(in folder: String, of parent: FileDescriptor? = nil, permissions: mode_t) -> FileDescriptor? {
    guard access("/proc/self/fd", X_OK) == 0 else { return nil }
    // O_TMPFILE, which is O_DIRECTORY and a bit of its own, does not come through from C.
    let flags = 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC
    let descriptor = openat(parent?.rawValue ?? AT_FDCWD, folder, flags, permissions)
    return descriptor < 0 ? nil : FileDescriptor(rawValue: descriptor)
}

/// Gives a file without a name its name in an open folder, in which there is no file of this name.
func link(_ descriptor: FileDescriptor, as name: String, in folder: FileDescriptor) throws(Errno) {
    let source = "/proc/self/fd/\(descriptor.rawValue)"
    guard linkat(AT_FDCWD, source, folder.rawValue, name, AT_SYMLINK_FOLLOW) == 0 else { throw Errno(rawValue: errno) }
}

/// The name of an output file that is not complete.
func temporaryName(_ path: String) -> String { path + ".\(getpid()).part" }

/// Gives a file without a name its name, in place of a file that may be there.
///
/// - Returns: What went wrong; nil if nothing did.
func link(_ descriptor: FileDescriptor, _ path: String) -> Errno? {
    let source = "/proc/self/fd/\(descriptor.rawValue)"
    if linkat(AT_FDCWD, source, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 { return nil }
    guard errno == EEXIST else { return Errno(rawValue: errno) }
    // Linking replaces nothing, renaming does. An interruption waits until both are done.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let temporary = temporaryName(path)
    guard linkat(AT_FDCWD, source, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else { return Errno(rawValue: errno) }
    guard rename(temporary, path) == 0 else {
        let failure = Errno(rawValue: errno)
        unlink(temporary)
        return failure
    }
    return nil
}
