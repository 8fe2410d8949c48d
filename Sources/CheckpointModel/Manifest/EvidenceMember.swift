public import EvidenceText

/// A file, directory or link of the evidence.
public struct EvidenceMember: Sendable {
    /// Its path in the source.
    public let name: ByteText
    /// What it is.
    public let type: Kind
    /// The size of a regular file in bytes; nil for anything else.
    public let size: UInt64?
    /// The SHA-256 of a regular file in hexadecimal, or why there is none; nil for anything else, but for a directory that
    /// cannot be listed, of which it tells why.
    public let sha256: Known<String>?
    /// Where a link leads: a path for a symbolic link, the name of another member for a hard link of an archive.
    public let target: ByteText?
    /// The first name of a file that has several, if this is another one.
    public let sameFileAs: ByteText?
    /// The name that CRIU gives to the kind of image, by its content, or for raw images by its name; nil if it is no image.
    public let imageKind: String?

    init(
        _ name: ByteText, _ type: Kind, size: UInt64? = nil, sha256: Known<String>? = nil, target: ByteText? = nil,
        sameFileAs: ByteText? = nil, imageKind: String? = nil
    ) {
        (self.name, self.type, self.size, self.sha256) = (name, type, size, sha256)
        (self.target, self.sameFileAs, self.imageKind) = (target, sameFileAs, imageKind)
    }

    /// The sorts of members.
    public enum Kind: String, Sendable, CaseIterable {
        /// A regular file.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case symbolicLink = "symbolic-link"
        /// Another name of a member of an archive.
        case hardLink = "hard-link"
        /// A character device.
        case characterDevice = "character-device"
        /// A block device.
        case blockDevice = "block-device"
        /// A FIFO.
        case fifo
        /// A socket.
        case socket
        /// Anything else.
        case other
    }
}
