import CheckpointModel
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A file that is written in places, with holes between them.
struct SparseOutput {
    let descriptor: FileDescriptor

    /// Writes bytes at an offset.
    ///
    /// - Throws: `Errno`.
    func write(_ bytes: MemoryStretch.Bytes, at offset: UInt64) throws {
        try bytes.write(to: descriptor, at: offset)
    }

    /// Gives the file a size, behind what was written with a hole.
    ///
    /// - Throws: `Errno`.
    func setSize(_ size: UInt64) throws {
        guard let size = Int(exactly: size) else { throw Errno.fileTooLarge }
        guard ftruncate(descriptor.rawValue, size) == 0 else { throw Errno(rawValue: errno) }
    }
}
