internal import CRIUImages
internal import EvidenceText

/// A member whose content has been met but not opened.
struct PendingMember {
    let header: MemberHeader
    var place: Place
    /// Why the end of the content is missing; nil if it is not.
    var shortage: String?

    /// Where the content is.
    enum Place {
        /// Nowhere, since it is no regular file.
        case none
        /// In the mapped archive.
        case mapped(Range<Int>)
        /// In memory.
        case memory(ImageBytes)
        /// In the temporary file.
        case spooled(Range<Int>)
        /// To be unpacked when it is asked for, so many bytes, some of which have been kept.
        case deferred(Int, [DeferredBytes.Stretch])
        /// Nowhere, since it could not be read.
        case lost(String)
    }

    /// The finished member.
    ///
    /// - Parameters:
    ///   - archive: The mapped archive.
    ///   - spooled: The temporary file.
    ///   - unpack: Unpacks this member.
    func member(
        in archive: ImageBytes, spooled: Known<ImageBytes>, unpack: @escaping @Sendable () -> Known<ImageBytes>
    ) -> ArchiveMember {
        let bytes: Known<DeferredBytes> =
            switch place {
            case .none: .missing(Absence(.notApplicable, "not a regular file"))
            case .mapped(let range): .value(DeferredBytes(archive[range]))
            case .memory(let bytes): .value(DeferredBytes(bytes))
            case .spooled(let range): spooled.map { DeferredBytes($0[range]) }
            case .deferred(let count, let held): .value(DeferredBytes(count: count, held: held, unpack: unpack))
            case .lost(let detail): .missing(Absence(.damaged, detail))
            }
        return ArchiveMember(
            name: header.name, type: header.type, size: UInt64(header.size), mode: header.mode, userID: header.userID,
            groupID: header.groupID, modificationTime: header.modificationTime,
            modificationNanoseconds: header.modificationNanoseconds, linkTarget: header.linkTarget,
            device: header.device, isAbsolute: header.isAbsolute, bytes: bytes,
            shortage: shortage.map { Absence(.damaged, $0) })
    }
}
