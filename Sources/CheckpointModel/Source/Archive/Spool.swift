internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// A temporary file without a name that members of an archive are unpacked into, one behind the other.
struct Spool: ~Copyable {
    private let file: FileDescriptor
    /// How large it may become: an archive must not fill the disk that it is unpacked on.
    private let limit: Int
    private var end = 0

    /// Content begins at a multiple of this, so that pages stay aligned.
    private static let alignment = 4096

    /// - Parameter folder: Where the file is; nil for `TMPDIR`, or /tmp.
    init(in folder: FilePath?) throws(Errno) {
        let file = try unnamedTemporaryFile(in: folder)
        self.file = file
        self.limit = Int(freeBytes(beside: file) / 10 * 9)
    }

    deinit {
        try? file.close()
    }

    /// Unpacks the current member of a pass.
    ///
    /// - Returns: Where it is now, and what its end is missing for; nil if it is complete.
    /// - Throws: `Errno` if it cannot be written, `.noSpace` if it is larger than what there is room for.
    mutating func append(
        _ header: MemberHeader, of pass: inout ArchivePass
    ) throws(Errno) -> (range: Range<Int>, shortage: String?) {
        let start = (end + Spool.alignment - 1) / Spool.alignment * Spool.alignment
        guard header.size <= limit, start <= limit - header.size else { throw .noSpace }
        var reached = 0
        let file = file
        let shortage = try pass.read(header) { offset, block throws(Errno) in
            _ = try throwingErrno { try file.writeAll(toAbsoluteOffset: Int64(start + offset), block) }
            reached = offset + block.count
        }
        // Sparse members can end in a hole.
        let size = shortage == nil ? header.size : reached
        end = start + size
        return (start..<end, shortage)
    }

    /// Everything that was unpacked so far.
    func map() throws(Errno) -> ImageBytes {
        try throwingErrno { try file.resize(to: Int64(end)) }
        return try ImageBytes(reading: file)
    }
}
