internal import CArchive
internal import CRIUImages

/// The one owner of a libarchive reader.
struct ArchiveHandle: ~Copyable {
    let pointer: OpaquePointer

    /// Begins to read an archive in memory, which must be kept for as long as the handle.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none.
    init(_ bytes: ImageBytes) throws(ArchiveDamage) {
        pointer = try ArchiveHandle.opened { reader in
            bytes.withUnsafeBytes { archive_read_open_memory(reader, $0.baseAddress, $0.count) }
        }
    }

    /// Begins to read an archive block by block.
    ///
    /// - Parameter input: Gives the blocks; it must be kept for as long as the handle.
    /// - Throws: ``ArchiveDamage`` if it is none.
    init(_ input: ArchiveInput) throws(ArchiveDamage) {
        let client = Unmanaged.passUnretained(input).toOpaque()
        pointer = try ArchiveHandle.opened { reader in
            archive_read_open(reader, client, nil, nextBlock, nil)
        }
    }

    /// Makes a reader of the formats that checkpoints are kept in.
    private static func opened(_ open: (OpaquePointer) -> Int32) throws(ArchiveDamage) -> OpaquePointer {
        guard let reader = archive_read_new() else { throw ArchiveDamage(detail: "out of memory", member: nil) }
        archive_read_support_filter_gzip(reader)
        archive_read_support_filter_zstd(reader)
        archive_read_support_filter_xz(reader)
        archive_read_support_filter_bzip2(reader)
        archive_read_support_format_tar(reader)
        // What follows the end of an archive is read too: it may be hidden there, and zeros in damaged content are no end.
        archive_read_set_format_option(reader, "tar", "read_concatenated_archives", "1")
        guard open(reader) == ARCHIVE_OK else {
            let detail = archive_error_string(reader).map { String(cString: $0) } ?? "it is empty"
            archive_read_free(reader)
            let whole = "neither a directory nor an archive that can be read: \(detail)\(advice(detail))"
            throw ArchiveDamage(detail: whole, member: nil)
        }
        return reader
    }

    /// What to do about a failure that is none of the archive.
    private static func advice(_ detail: String) -> String {
        // zstd's own tool asks for the same switch. The words are those of libzstd.
        detail.contains("too much memory")
            ? " (its window is larger than 128 MiB: unpack it with zstd -d --long=31)" : ""
    }

    /// Whether what is read is packed by a compressor.
    var isCompressed: Bool { archive_filter_code(pointer, 0) != ARCHIVE_FILTER_NONE }

    /// What that compressor is called; nil if there is none.
    var compressor: String? {
        isCompressed ? archive_filter_name(pointer, 0).map { String(cString: $0) } : nil
    }

    /// How many bytes of the archive, unpacked, have been read.
    var position: Int { max(Int(clamping: archive_filter_bytes(pointer, 0)), 0) }

    /// Whether the current member's header is one block, with nothing before it that tells of long names or times.
    var hasBareHeader: Bool { [ARCHIVE_FORMAT_TAR, ARCHIVE_FORMAT_TAR_USTAR].contains(archive_format(pointer)) }

    /// What libarchive says of the last failure.
    var message: String {
        archive_error_string(pointer).map { String(cString: $0) } ?? "the archive cannot be read"
    }

    deinit {
        archive_read_free(pointer)
    }
}

/// What libarchive calls for the next block.
private func nextBlock(
    _ reader: OpaquePointer?, _ client: UnsafeMutableRawPointer?, _ block: UnsafeMutablePointer<UnsafeRawPointer?>?
) -> la_ssize_t {
    guard let client, let block else { return -1 }
    guard let bytes = Unmanaged<ArchiveInput>.fromOpaque(client).takeUnretainedValue().next() else { return -1 }
    block.pointee = bytes.baseAddress
    return bytes.count
}
