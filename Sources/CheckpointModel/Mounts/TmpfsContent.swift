public import EvidenceText

/// What a tmpfs held, from the archive that CRIU made of it.
public struct TmpfsContent: Sendable {
    /// Its files, directories and so on, in the order of the archive.
    public let entries: [Entry]
    /// Where it was read.
    public let origin: Origin

    /// A file or directory.
    public struct Entry: Sendable {
        /// The path below the top of the file system, without a slash at the beginning; empty for the top itself.
        public let path: ByteText
        /// What it is.
        public let kind: Kind
        /// The time of the last change, in seconds since 1970; nil if the archive has none.
        public let modificationTime: Int64?
        /// Where a symbolic link leads; nil for what is none.
        public let linkTarget: ByteText?
        /// The bytes of a regular file; not applicable for others.
        public let content: Known<Content>
    }

    /// The sorts of files.
    public enum Kind: String, Sendable {
        /// A regular file.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case symbolicLink = "symbolic-link"
        /// A device, a named pipe, a further name of a file.
        case other
    }
}
