internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// The digest of a file, and what its first bytes tell.
struct FileDigest: Sendable {
    let size: UInt64
    let sha256: String
    /// The first bytes, as far as the kind of an image needs them.
    let head: [UInt8]

    /// How many bytes the head has.
    static let headCount = 8
    /// How much is read at a time.
    private static let blockCount = 1 << 20

    /// Reads a regular file to its end. Memory stays flat; it is not mapped, so that a file that becomes shorter is an error
    /// and nothing worse.
    ///
    /// - Parameter expected: What is known of the file; nil for whatever it is. A link in its place is not followed.
    /// - Returns: The digest, or why there is none: because it cannot be read, or because it was changed meanwhile.
    static func read(_ path: FilePath, expected: FileStatus? = nil) -> Known<FileDigest> {
        do throws(Errno) {
            let file = try openEvidence(path, expected == nil ? [] : .noFollow)
            defer { try? file.close() }
            let before = try fileStatus(file)
            guard before.isRegular else { return .missing(Absence(.unreadable, "not a regular file")) }
            guard expected.map({ $0.identity == before.identity }) ?? true else { return changed }
            posix_fadvise(file.rawValue, 0, 0, POSIX_FADV_SEQUENTIAL)
            let digest = try read(file)
            let after = try fileStatus(file)
            guard before.isUnchanged(in: after), digest.size == after.size else { return changed }
            return .value(digest)
        } catch {
            return .missing(Absence(.unreadable, "cannot be read: \(error)"))
        }
    }

    private static let changed = Known<FileDigest>.missing(
        Absence(.unreadable, "it was changed while the manifest was made"))

    private static func read(_ file: FileDescriptor) throws(Errno) -> FileDigest {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockCount, alignment: 4096)
        defer { block.deallocate() }
        var digest = SHA256()
        var head: [UInt8] = []
        var size: UInt64 = 0
        while true {
            let count = try throwingErrno { try file.read(into: block) }
            if count == 0 { break }
            if head.count < headCount { head += block[..<min(count, headCount - head.count)] }
            digest.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
            size += UInt64(count)
        }
        return FileDigest(size: size, sha256: digest.finish(), head: head)
    }
}

extension FileStatus {
    /// Whether a file has been left as it was, as far as its times and size tell.
    fileprivate func isUnchanged(in later: FileStatus) -> Bool {
        size == later.size && modificationTime == later.modificationTime
            && modificationNanoseconds == later.modificationNanoseconds
    }
}
