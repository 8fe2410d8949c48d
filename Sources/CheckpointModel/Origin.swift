/// Where in the images a value was read: an image file and an entry of it.
public struct Origin: Sendable, Hashable {
    /// The name of the image file, as the source names it; `parent/` stands before images of a parent snapshot.
    public let image: String
    /// The entry in the image, counted from 0; nil if the value is not of one entry.
    public let entry: Int?

    /// Names a place.
    ///
    /// - Parameters:
    ///   - image: The name of the image file.
    ///   - entry: The entry, counted from 0; nil if the value is not of one entry.
    public init(_ image: String, entry: Int? = nil) {
        self.image = image
        self.entry = entry
    }
}
