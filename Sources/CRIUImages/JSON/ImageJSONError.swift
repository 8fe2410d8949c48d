/// What is wrong with JSON that should become an image, and where.
public struct ImageJSONError: Error, Sendable, Equatable {
    /// The byte offset in the JSON text.
    public let offset: Int
    /// The image entry that was being read, counted from 0; nil outside of entries.
    public var entry: Int?
    /// One sentence part for a person, without the place.
    public let detail: String

    init(_ detail: String, at offset: Int, entry: Int? = nil) {
        self.offset = offset
        self.entry = entry
        self.detail = detail
    }
}

extension ImageJSONError: CustomStringConvertible {
    /// One line: offset, entry, what is wrong.
    public var description: String {
        "byte \(offset)" + (entry.map { ", entry \($0)" } ?? "") + ": " + detail
    }
}
