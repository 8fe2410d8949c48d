import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The name of the file to remove if the program ends early, as C text that is never freed: signal handlers read it.
private let unfinishedName = Atomic<UInt>(0)
/// The open folder that the name is in.
private let unfinishedFolder = Atomic<Int32>(AT_FDCWD)

/// Has a file removed if the program is interrupted or ended from outside before it is finished.
///
/// - Parameters:
///   - path: The file.
///   - folder: The open folder that a relative path begins in; the working directory unless given.
func removeOnInterruption(_ path: String, in folder: FileDescriptor? = nil) {
    unfinishedFolder.store(folder?.rawValue ?? AT_FDCWD, ordering: .sequentiallyConsistent)
    unfinishedName.store(UInt(bitPattern: strdup(path)), ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
        signal(number) { number in
            removeUnfinishedFile()
            signal(number, SIG_DFL)
            raise(number)
        }
    }
}

/// Notes that the file is finished, and is to stay.
func keepOnInterruption() {
    unfinishedName.store(0, ordering: .sequentiallyConsistent)
}

/// Removes the file that is not finished, if there is one. Safe in a signal handler.
func removeUnfinishedFile() {
    let name = unfinishedName.load(ordering: .sequentiallyConsistent)
    guard let path = UnsafePointer<CChar>(bitPattern: name) else { return }
    unlinkat(unfinishedFolder.load(ordering: .sequentiallyConsistent), path, 0)
}
