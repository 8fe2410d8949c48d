public import SystemPackage

internal import CLinux
internal import EvidenceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension ImageBytes {
    /// How much is written at once, and then given back: memory stays flat.
    private static let step = 8 << 20

    /// Writes the bytes to a file.
    ///
    /// Bytes of a large mapped file are copied by the kernel, from file to file, where the two file systems can do that;
    /// some then share the blocks.
    ///
    /// - Parameters:
    ///   - file: A regular file that is open for writing, at another offset than at its end too. It stays the caller's.
    ///   - offset: Where in the file the first byte goes.
    /// - Throws: `Errno` of the file; `fileTooLarge` if no file can have bytes there.
    public func write(to file: FileDescriptor, at offset: UInt64) throws(Errno) {
        guard let offset = Int64(exactly: offset), !offset.addingReportingOverflow(Int64(count)).overflow else {
            throw .fileTooLarge
        }
        let start = copyInKernel(to: file, at: offset)
        for start in stride(from: start, to: count, by: ImageBytes.step) {
            let part = start..<min(start + ImageBytes.step, count)
            _ = try withUnsafeBytes { all throws(Errno) in
                try throwingErrno {
                    let bytes = UnsafeRawBufferPointer(rebasing: all[part])
                    return try file.writeAll(toAbsoluteOffset: offset + Int64(start), bytes)
                }
            }
            if count > ImageBytes.step { release(part) }
        }
    }

    /// Has the kernel copy bytes, from the first on, as far as it can.
    ///
    /// What stops it is not told: writing the rest meets the same fault if it is one of the file, and says it better.
    ///
    /// - Returns: How many were copied.
    private func copyInKernel(to file: FileDescriptor, at offset: Int64) -> Int {
        guard let source = storage.descriptor else { return 0 }
        var from = off_t(range.lowerBound)
        var to = off_t(offset)
        while from < range.upperBound {
            let copied = copy_file_range(source.rawValue, &from, file.rawValue, &to, range.upperBound - Int(from), 0)
            guard copied > 0 || (copied < 0 && errno == EINTR) else { break }
        }
        return Int(from) - range.lowerBound
    }
}
