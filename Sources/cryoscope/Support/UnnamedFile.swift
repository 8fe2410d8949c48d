import EvidenceText
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A new file without a name in the folder of a path, which vanishes unless it is given one; nil where the file system or
/// the system has no such files.
func unnamedFile(beside path: String) -> FileDescriptor? {
    guard access("/proc/self/fd", X_OK) == 0 else { return nil }
    let folder = FilePath(path).removingLastComponent()
    // O_TMPFILE, which is O_DIRECTORY and a bit of its own, does not come through from C.
    let descriptor = open(
        folder.isEmpty ? "." : folder.string, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, 0o644)
    return descriptor < 0 ? nil : FileDescriptor(rawValue: descriptor)
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

/// The file to remove when the program is interrupted, as C text that is never freed: a signal handler reads it.
private let interruptedFile = Atomic<UInt>(0)

/// Has a file removed when the program is interrupted or ended from outside.
func removeOnInterruption(_ path: String) {
    interruptedFile.store(UInt(bitPattern: strdup(path)), ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
        signal(number) { number in
            if let path = UnsafePointer<CChar>(bitPattern: interruptedFile.load(ordering: .sequentiallyConsistent)) {
                unlink(path)
            }
            signal(number, SIG_DFL)
            raise(number)
        }
    }
}
