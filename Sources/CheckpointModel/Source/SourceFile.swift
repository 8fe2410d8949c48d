public import EvidenceText

internal import CRIUImages

/// A file of the evidence that was read.
public struct SourceFile: Sendable {
    /// Its path in the source; the archive itself has the path that the user named.
    public let name: ByteText
    /// What it is.
    public let kind: Kind
    /// Its size in bytes.
    public let size: UInt64
    /// How many of its bytes were read: of a page image only those that were needed.
    public let readCount: UInt64
    /// Whether it is a page image in an archive.
    let isCovered: Bool
    let bytes: DeferredBytes
    /// The digests of files that have been read as a whole.
    var digests: [FileIdentity: FileDigest] = [:]

    /// What a file is.
    public enum Kind: String, Sendable, CaseIterable {
        /// An archive that holds the others.
        case archive
        /// An image, or a file beside the images.
        case file
        /// An image of memory pages.
        case pages
    }

    /// The SHA-256 of the whole file in hexadecimal; missing for a page image in an archive, which the digest of the
    /// archive covers, and which would have to be unpacked for one of its own.
    ///
    /// - Complexity: Linear in the size, and computed anew each time, unless the manifest of the checkpoint has it.
    public var sha256: Known<String> {
        if isCovered {
            return .missing(Absence(.notApplicable, "the digest of the archive covers the pages in it"))
        }
        return bytes.all.map { bytes in
            if let (device, inode) = bytes.mappedFile,
                let digest = digests[FileIdentity(device: device, inode: inode)], digest.size == UInt64(bytes.count)
            {
                return digest.sha256
            }
            return bytes.sha256()
        }
    }
}
