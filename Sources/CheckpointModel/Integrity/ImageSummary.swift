/// A file in the folder of the images, of this dump or of a snapshot that it builds on.
public struct ImageSummary: Sendable {
    /// Its name; `parent/` stands before names of the snapshot that the dump builds on, as often as it takes.
    public let name: String
    /// How many snapshots are between the dump and it: 0 for the dump itself.
    public let level: Int
    /// Its size in bytes.
    public let byteCount: Int
    /// The name that CRIU gives to the kind of image, by its content, or for raw images by its name; nil if it is no image.
    public let kind: String?
    /// Whether CRIU, a plugin of it or an engine that is known gives files this name.
    public let isNameKnown: Bool
    /// Whether it can be read to its end.
    public let isWhole: Bool
    /// How many entries can be read; nil for what is not made of entries.
    public let entryCount: Int?
    /// When it was written, in seconds since 1970; nil if the source does not tell.
    public let modified: Int64?

    /// The name without `parent/`.
    public var baseName: Substring { name.dropFirst("parent/".count * level) }
}
