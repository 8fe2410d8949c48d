public import CRIUImages
internal import CheckpointModel

/// One side of a comparison of two images.
public struct ComparedImage: Sendable {
    /// The name of the image file, without folders.
    public let name: String
    /// Its size in bytes.
    public let byteCount: UInt64
    /// The kind of image, as CRIU calls it.
    public var kind: String { image?.kind.name ?? rawKind?.name ?? "" }
    /// Whether the image is not made of entries: pages, text, an archive.
    public var isRaw: Bool { image == nil }
    let image: ImageFile?
    let bytes: ImageBytes
    private let rawKind: ImageKind?

    /// Reads the first words of an image.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: The file's name, without folders. Of raw images, only it tells the kind.
    /// - Throws: `ImageError` if it is no image.
    public init(_ bytes: ImageBytes, name: String) throws(ImageError) {
        (self.bytes, self.name, byteCount) = (bytes, name, UInt64(bytes.count))
        do {
            image = try ImageFile(bytes, name: name)
            rawKind = nil
        } catch {
            guard error.code == .notFramed, let kind = error.kind else { throw error }
            image = nil
            rawKind = kind
        }
    }

    /// Whether two images are of one kind, so that they can be compared.
    public func isComparable(to other: ComparedImage) -> Bool {
        switch (image, other.image) {
        case (let image?, let other?): image.kind == other.kind || image.kind.magic == other.kind.magic
        case (nil, nil): rawKind == other.rawKind
        default: false
        }
    }
}
