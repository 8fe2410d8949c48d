public import EvidenceText

internal import CRIUImages

/// A member of an archive: what its header says, and its content.
public struct ArchiveMember: Sendable {
    let header: MemberHeader
    /// Its place in the archive, counted from 0.
    let number: Int
    /// Where the content is.
    var place = ArchiveContents.Place.none
    /// Why the end of the content is missing; nil if it is not.
    var shortage: String?
    private let contents: ArchiveContents

    init(_ header: MemberHeader, _ number: Int, _ contents: ArchiveContents) {
        (self.header, self.number, self.contents) = (header, number, contents)
    }

    /// The name, without `./` or `/` at the beginning. Never to be used as a path: it can hold `..` and anything else.
    public var name: ByteText { header.name }

    /// What it is.
    public var type: Kind { header.type }

    /// The size of the content in bytes, as the header has it; 0 for what is no regular file.
    public var size: UInt64 { UInt64(header.size) }

    /// The permission bits, set-id and sticky bits included.
    public var mode: UInt32 { header.mode }

    /// The owner's user id.
    public var userID: Int64 { header.userID }

    /// The owner's group id.
    public var groupID: Int64 { header.groupID }

    /// When the file was changed, in seconds since 1970; nil if the header has no time.
    public var modificationTime: Int64? { header.modificationTime }

    /// The nanoseconds of that time; 0 where the header has only seconds.
    public var modificationNanoseconds: Int { header.modificationNanoseconds }

    /// Where a link leads, as the header has it: a path for a symbolic link, the name of another member for a hard link.
    /// Nil for what is no link.
    public var linkTarget: ByteText? { header.linkTarget }

    /// The numbers of a device; nil for what is none.
    public var device: Device? { header.device }

    /// The bytes of a regular file, or why there are none.
    var bytes: Known<DeferredBytes> { contents.bytes(place, ofMember: number) }

    /// The sorts of members.
    public enum Kind: String, Sendable, CaseIterable {
        /// A regular file.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case symbolicLink = "symbolic-link"
        /// Another name of a member that comes before.
        case hardLink = "hard-link"
        /// A character device.
        case characterDevice = "character-device"
        /// A block device.
        case blockDevice = "block-device"
        /// A FIFO.
        case fifo
        /// Anything else.
        case other
    }

    /// The numbers of a device.
    public struct Device: Sendable, Hashable {
        /// The number of the driver.
        public let major: UInt64
        /// The number of the device within it.
        public let minor: UInt64
    }

    /// The content of a regular file, or why there is none: what is no regular file has none.
    ///
    /// Content of a compressed archive is unpacked when its bytes are asked for. What a truncated archive lacks of it is a
    /// missing piece at the end.
    public var content: Known<Content> {
        bytes.map { bytes in
            let held = UInt64(bytes.count)
            guard let shortage, held < size else { return Content(bytes) }
            let absence = Absence(.damaged, shortage)
            let rest = Content.Piece(offset: held, count: size - held, bytes: .missing(absence))
            return Content(size: size, pieces: Content(bytes).pieces + [rest])
        }
    }
}
