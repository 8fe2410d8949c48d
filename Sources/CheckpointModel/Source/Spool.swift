internal import CArchive
internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// A temporary file without a name that members of an archive are unpacked into, one behind the other.
struct Spool: ~Copyable {
    private let file: FileDescriptor
    /// How large it may become: an archive must not fill the disk that it is unpacked on.
    private let limit: Int64
    private var end: Int64 = 0

    /// Content begins at a multiple of this, so that pages stay aligned.
    private static let alignment: Int64 = 4096

    init() throws(Errno) {
        let file = try unnamedTemporaryFile()
        self.file = file
        self.limit = freeBytes(beside: file) / 10 * 9
    }

    deinit {
        try? file.close()
    }

    /// Unpacks the current member of an archive.
    mutating func append(from archive: OpaquePointer, size: Int64) throws(Errno) -> PendingMember.Place {
        let start = (end + Spool.alignment - 1) / Spool.alignment * Spool.alignment
        guard size <= limit, start <= limit - size else {
            return .damaged("its \(size) bytes are more than there is room for in TMPDIR")
        }
        var block: UnsafeRawPointer?
        var count = 0
        var offset: la_int64_t = 0
        while true {
            let status = archive_read_data_block(archive, &block, &count, &offset)
            if status == ARCHIVE_EOF { break }
            guard status >= ARCHIVE_WARN, let block else {
                let detail =
                    archive_error_string(archive).map { String(cString: $0) } ?? "the archive ends inside the member"
                return .damaged(detail)
            }
            guard offset >= 0, offset <= size - Int64(count) else {
                return .damaged("the member is larger than its header says")
            }
            try write(UnsafeRawBufferPointer(start: block, count: count), at: start + offset)
        }
        end = start + size
        return .spooled(Int(start)..<Int(start + size))
    }

    private func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(Errno) {
        _ = try throwingErrno { try file.writeAll(toAbsoluteOffset: offset, bytes) }
    }

    /// Everything that was unpacked.
    func map() throws(Errno) -> ImageBytes {
        // Sparse members can end in a hole.
        try throwingErrno { try file.resize(to: end) }
        return try ImageBytes(reading: file)
    }
}
