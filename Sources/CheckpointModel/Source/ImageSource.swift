internal import CRIUImages
internal import EvidenceText

/// Where the images of a checkpoint come from.
///
/// A source only hands out bytes; it is never written to, and names in it are never used as paths elsewhere.
protocol ImageSource: Sendable {
    /// The source as the user named it.
    var name: ByteText { get }

    /// The names of the files in it, sorted.
    var imageNames: [String] { get }

    /// The bytes of a file.
    ///
    /// - Throws: ``ImageError`` with `.unreadable`.
    func bytes(of name: String) throws(ImageError) -> ImageBytes

    /// A file that a container engine put beside the images; nil if there is none.
    func attachment(_ name: String) -> Known<ImageBytes>?

    /// When a file was written, in seconds since 1970; nil if the source does not tell.
    func modificationTime(of name: String) -> Int64?

    /// The snapshot that this one builds on; nil if there is none.
    ///
    /// - Throws: ``ImageError`` if there should be one but it cannot be opened.
    func parent() throws(ImageError) -> (any ImageSource)?
}

extension ImageSource {
    /// Most sources hold images only.
    func attachment(_ name: String) -> Known<ImageBytes>? { nil }
}
