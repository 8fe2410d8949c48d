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

    /// The bytes of a page image, which are unpacked only when they are asked for.
    ///
    /// - Throws: ``ImageError`` with `.unreadable`.
    func pages(of name: String) throws(ImageError) -> DeferredBytes

    /// The names of the files that a container engine put beside the images, sorted; folders are part of them
    /// (`volumes/NAME.tar`).
    var attachmentNames: [String] { get }

    /// A file that a container engine put beside the images; nil if there is none.
    func attachment(_ name: String) -> Known<ImageBytes>?

    /// How archives in it are to be opened.
    var context: SourceContext { get }

    /// The files that were read so far, archives first, then by name.
    var filesRead: [SourceFile] { get }

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

    /// Most sources hold images only.
    var attachmentNames: [String] { [] }

    /// The bytes are at hand in most sources.
    func pages(of name: String) throws(ImageError) -> DeferredBytes { DeferredBytes(try bytes(of: name)) }

    /// Sources that a test makes keep no record.
    var filesRead: [SourceFile] { [] }

    /// Sources that a test makes have no options.
    var context: SourceContext { SourceContext() }
}
