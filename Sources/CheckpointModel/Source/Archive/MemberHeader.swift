internal import CArchive
internal import EvidenceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// What the header of a member says.
struct MemberHeader: Sendable {
    let name: ByteText
    /// Whether the name begins with `/`.
    let isAbsolute: Bool
    let type: ArchiveMember.Kind
    /// In bytes; never negative.
    let size: Int
    /// Whether the content has holes.
    let isSparse: Bool
    let mode: UInt32
    let userID: Int64
    let groupID: Int64
    let modificationTime: Int64?
    let modificationNanoseconds: Int
    let linkTarget: ByteText?
    let device: ArchiveMember.Device?

    /// How much memory is taken for a member at the least.
    static let footprint = 400

    /// Reads a header.
    init(_ entry: OpaquePointer) {
        let path = MemberHeader.text(archive_entry_pathname(entry)) ?? ""
        name = MemberHeader.plainName(path)
        isAbsolute = path.bytes.first == UInt8(ascii: "/")
        type = MemberHeader.type(entry)
        size = type == .file ? Int(clamping: max(archive_entry_size(entry), 0)) : 0
        isSparse = archive_entry_sparse_count(entry) > 0
        mode = UInt32(archive_entry_perm(entry))
        userID = archive_entry_uid(entry)
        groupID = archive_entry_gid(entry)
        let hasTime = archive_entry_mtime_is_set(entry) != 0
        modificationTime = hasTime ? Int64(archive_entry_mtime(entry)) : nil
        modificationNanoseconds = hasTime ? archive_entry_mtime_nsec(entry) : 0
        linkTarget = MemberHeader.text(archive_entry_hardlink(entry) ?? archive_entry_symlink(entry))
        device =
            type == .characterDevice || type == .blockDevice
            ? ArchiveMember.Device(
                major: UInt64(archive_entry_rdevmajor(entry)), minor: UInt64(archive_entry_rdevminor(entry))) : nil
    }

    private static func type(_ entry: OpaquePointer) -> ArchiveMember.Kind {
        if archive_entry_hardlink(entry) != nil { return .hardLink }
        return switch UInt32(archive_entry_filetype(entry)) & 0o170000 {
        case 0o100000: .file
        case 0o040000: .directory
        case 0o120000: .symbolicLink
        case 0o020000: .characterDevice
        case 0o060000: .blockDevice
        case 0o010000: .fifo
        default: .other
        }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> ByteText? {
        guard let pointer else { return nil }
        // Exactly as much memory as it takes, since there can be millions.
        let text = UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))
        return ByteText(Array(text))
    }

    /// A name without what stands for the top of the archive.
    private static func plainName(_ name: ByteText) -> ByteText {
        let (slash, dot) = (UInt8(ascii: "/"), UInt8(ascii: "."))
        // Whether a part is empty or a dot: most names have none, and are not worth another copy.
        var part = (length: 0, isDot: false)
        var isPlain = true
        for byte in name.bytes {
            if byte != slash {
                part = (part.length + 1, part.length == 0 && byte == dot)
            } else {
                if part.length == 0 || part.isDot { isPlain = false }
                part = (0, false)
            }
        }
        if isPlain && part.length > 0 && !part.isDot { return name }
        let parts = name.bytes.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
        return ByteText(Array(parts.joined(separator: "/".utf8)))
    }
}
