internal import CRIUImages
internal import EvidenceText

/// A member of an archive: what its header says, and where its content is.
struct ArchiveMember: Sendable {
    /// The name, without `./` or `/` at the beginning. Never used as a path.
    let name: ByteText
    let type: Kind
    /// Seconds since 1970; nil if the header has no time.
    let modificationTime: Int64?
    /// Where a link leads, as the header has it.
    let linkTarget: ByteText?
    /// The content of a regular file.
    let content: Known<ImageBytes>

    /// The sorts of members that matter here.
    enum Kind: Sendable {
        case file
        case directory
        case symbolicLink
        case other
    }
}

/// What is wrong with an archive.
struct ArchiveDamage: Error {
    let detail: String
    /// The number of the member, counted from 0; nil if it is not about one.
    let member: Int?
}
