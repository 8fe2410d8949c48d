public import EvidenceText

/// A directory or file of the evidence.
public struct EvidenceSource: Sendable {
    /// How it is reached from what the user named: empty for that itself, `parent` for a snapshot that its images build on,
    /// `..` for a folder with files of an engine, the path of a member for an archive inside.
    public let name: ByteText
    /// What it is.
    public let kind: Kind
    /// The file itself; nil for directories.
    public let file: File?
    /// The compressor of an archive, such as `zstd`; nil if there is none.
    public let compression: String?
    /// Whether it is an OCI image layout.
    public let isImageLayout: Bool
    /// What is in it, by the bytes of the names; of two members of an archive with one name, the first comes first.
    public let members: [EvidenceMember]

    /// What sources are.
    public enum Kind: String, Sendable, CaseIterable {
        /// A directory, and all that is below it.
        case directory
        /// An archive.
        case archive
        /// A file that is no archive.
        case file
        /// The directory of a snapshot that images build on; what is in its own directories is left out.
        case parent
        /// Files that an engine keeps in a directory above the images.
        case neighbours
        /// An archive that is a member of another source, and holds images.
        case nestedArchive = "nested-archive"
    }

    /// Size and digest of a file.
    public struct File: Sendable, Equatable {
        /// In bytes.
        public let size: UInt64
        /// The SHA-256 in hexadecimal.
        public let sha256: String
    }

    init(
        _ name: ByteText, _ kind: Kind, file: File? = nil, compression: String? = nil, _ members: [EvidenceMember]
    ) {
        (self.name, self.kind, self.file, self.compression) = (name, kind, file, compression)
        self.members = members
        isImageLayout = members.contains { $0.name == "oci-layout" && $0.type == .file }
    }

    /// A member's path from what the user named on.
    public func path(of member: EvidenceMember) -> ByteText {
        name.isEmpty ? member.name : ByteText(name.bytes + [UInt8(ascii: "/")] + member.name.bytes)
    }

    /// Whether the digest of another source covers this one.
    public var isCovered: Bool { kind == .nestedArchive }
}
