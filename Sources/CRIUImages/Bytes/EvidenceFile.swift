public import SystemPackage

internal import EvidenceText

/// Opens a file or directory of the evidence to read it, and leaves its time of last access as it is where the system lets
/// the user ask for that: an owner or an administrator may, others may not, for whom the file is opened all the same.
///
/// - Parameters:
///   - path: The file. A FIFO in its place does not make the caller wait for a writer.
///   - options: More options of opening, such as `.noFollow`.
///   - open: Opens the path with options; `open` of the system unless given.
/// - Throws: `Errno`.
public func openEvidence(
    _ path: FilePath, _ options: FileDescriptor.OpenOptions = [],
    by open: (FilePath, FileDescriptor.OpenOptions) throws -> FileDescriptor = {
        try FileDescriptor.open($0, .readOnly, options: $1)
    }
) throws(Errno) -> FileDescriptor {
    let options = options.union([.nonBlocking, .closeOnExec])
    do throws(Errno) {
        return try throwingErrno { try open(path, options.union(.keepsAccessTime)) }
    } catch .notPermitted {
        return try throwingErrno { try open(path, options) }
    }
}

extension FileDescriptor.OpenOptions {
    /// `O_NOATIME`, which does not come through from C: to read leaves no trace.
    public static var keepsAccessTime: FileDescriptor.OpenOptions { .init(rawValue: 0o1_000_000) }
}
