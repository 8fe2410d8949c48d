internal import CArchive
internal import CRIUImages

/// The one owner of a libarchive reader.
struct ArchiveHandle: ~Copyable {
    let pointer: OpaquePointer

    /// Begins to read an archive in memory, which must be kept for as long as the handle.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none.
    init(_ bytes: ImageBytes) throws(ArchiveDamage) {
        guard let pointer = archive_read_new() else { throw ArchiveDamage(detail: "out of memory", member: nil) }
        archive_read_support_filter_gzip(pointer)
        archive_read_support_filter_zstd(pointer)
        archive_read_support_filter_xz(pointer)
        archive_read_support_filter_bzip2(pointer)
        archive_read_support_format_tar(pointer)
        let status = bytes.withUnsafeBytes { archive_read_open_memory(pointer, $0.baseAddress, $0.count) }
        guard status == ARCHIVE_OK else {
            archive_read_free(pointer)
            throw ArchiveDamage(detail: "neither a directory nor an archive", member: nil)
        }
        self.pointer = pointer
    }

    deinit {
        archive_read_free(pointer)
    }
}
