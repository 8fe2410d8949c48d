internal import CArchive
internal import CRIUImages
internal import EvidenceText

/// A member whose content has been found but not opened.
struct PendingMember {
    let name: ByteText
    let type: ArchiveMember.Kind
    let size: Int64
    let isSparse: Bool
    let modificationTime: Int64?
    let linkTarget: ByteText?
    var place = Place.none

    /// Where the content is.
    enum Place {
        case none
        case mapped(Range<Int>)
        case spooled(Range<Int>)
        case damaged(String)
    }

    var isFile: Bool { type == .file }

    /// Reads a header.
    init(_ entry: OpaquePointer) {
        name = PendingMember.plainName(PendingMember.text(archive_entry_pathname(entry)))
        linkTarget = archive_entry_symlink(entry).map { PendingMember.text($0) }
        size = max(archive_entry_size(entry), 0)
        isSparse = archive_entry_sparse_count(entry) > 0
        modificationTime = archive_entry_mtime_is_set(entry) != 0 ? Int64(archive_entry_mtime(entry)) : nil
        type =
            switch UInt32(archive_entry_filetype(entry)) & 0o170000 {
            case 0o100000: archive_entry_hardlink(entry) == nil ? .file : .other
            case 0o040000: .directory
            case 0o120000: .symbolicLink
            default: .other
            }
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> ByteText {
        guard let pointer else { return "" }
        var bytes: [UInt8] = []
        var cursor = pointer
        while cursor.pointee != 0 {
            bytes.append(UInt8(bitPattern: cursor.pointee))
            cursor += 1
        }
        return ByteText(bytes)
    }

    /// A name without what stands for the top of the archive.
    private static func plainName(_ name: ByteText) -> ByteText {
        let parts = name.bytes.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        return ByteText(Array(parts.joined(separator: "/".utf8)))
    }

    /// The finished member.
    func member(in archive: ImageBytes, unpacked: Known<ImageBytes>) -> ArchiveMember {
        let content: Known<ImageBytes> =
            switch place {
            case .none: .missing(Absence(.notApplicable, "not a regular file"))
            case .mapped(let range): .value(archive[range])
            case .spooled(let range): unpacked.map { $0[range] }
            case .damaged(let detail): .missing(Absence(.damaged, detail))
            }
        return ArchiveMember(
            name: name, type: type, modificationTime: modificationTime, linkTarget: linkTarget, content: content)
    }
}
