/// Something in a checkpoint that could not be read or is not as it should be. The rest is read all the same.
public struct Problem: Sendable, Hashable {
    /// The image file, or the empty string for the checkpoint as a whole. As the source names it, not escaped.
    public let image: String
    /// The entry in the image, counted from 0; nil if it is not about one entry.
    public let entry: Int?
    /// The byte offset in the image; nil if it is not about one place.
    public let offset: Int?
    /// A stable word for the sort of problem.
    public let code: String
    /// One sentence part for a person, without the place.
    public let detail: String

    /// One line: image, entry, offset, what is wrong. Not escaped.
    public var description: String {
        var place = image
        if let entry { place += ", entry \(entry)" }
        if let offset { place += ", byte \(offset)" }
        return place.isEmpty ? detail : "\(place): \(detail)"
    }
}
