internal import CArchive
internal import EvidenceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// What the header of a member says. Small, since there can be millions: what few members have is out of line.
struct MemberHeader: Sendable {
    let name: ByteText
    /// In bytes; never negative.
    let size: Int
    /// Seconds since 1970; the least number if the header has no time.
    private let time: Int64
    private let details: Details?
    let mode: UInt32
    let type: ArchiveMember.Kind
    /// Whether the name begins with `/`.
    let isAbsolute: Bool
    /// Whether the content has holes.
    let isSparse: Bool

    /// What few members have.
    private final class Details: Sendable, Equatable {
        let userID: Int64
        let groupID: Int64
        let nanoseconds: Int
        let linkTarget: ByteText?
        let device: ArchiveMember.Device?

        init(_ entry: OpaquePointer, _ type: ArchiveMember.Kind) {
            userID = archive_entry_uid(entry)
            groupID = archive_entry_gid(entry)
            nanoseconds = archive_entry_mtime_is_set(entry) != 0 ? archive_entry_mtime_nsec(entry) : 0
            linkTarget = MemberHeader.text(archive_entry_hardlink(entry) ?? archive_entry_symlink(entry))
            let isDevice = type == .characterDevice || type == .blockDevice
            let major = UInt64(archive_entry_rdevmajor(entry))
            device = isDevice ? .init(major: major, minor: UInt64(archive_entry_rdevminor(entry))) : nil
        }

        static func == (left: Details, right: Details) -> Bool {
            left.userID == right.userID && left.groupID == right.groupID && left.nanoseconds == right.nanoseconds
                && left.linkTarget == right.linkTarget && left.device == right.device
        }
    }

    var modificationTime: Int64? { time == .min ? nil : time }
    var modificationNanoseconds: Int { details?.nanoseconds ?? 0 }
    var userID: Int64 { details?.userID ?? 0 }
    var groupID: Int64 { details?.groupID ?? 0 }
    var linkTarget: ByteText? { details?.linkTarget }
    var device: ArchiveMember.Device? { details?.device }

    /// How much memory is taken for a member at the least.
    static let footprint = 256

    /// Reads a header.
    ///
    /// - Parameter previous: The member before it: those of one owner share what is the same.
    init(_ entry: OpaquePointer, after previous: MemberHeader? = nil) {
        let path = MemberHeader.text(archive_entry_pathname(entry)) ?? ""
        name = MemberHeader.plainName(path)
        isAbsolute = path.bytes.first == UInt8(ascii: "/")
        type = MemberHeader.type(entry)
        size = type == .file ? Int(clamping: max(archive_entry_size(entry), 0)) : 0
        isSparse = archive_entry_sparse_count(entry) > 0
        mode = UInt32(archive_entry_perm(entry))
        time = archive_entry_mtime_is_set(entry) != 0 ? Int64(archive_entry_mtime(entry)) : .min
        let details = Details(entry, type)
        self.details = previous?.details == details ? previous?.details : details
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
