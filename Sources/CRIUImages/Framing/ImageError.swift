/// What is wrong with an image file, and where.
public struct ImageError: Error, Sendable {
    /// The sorts of damage. Open, so that adding one breaks no reader.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable word for the code, as reports print it.
        public let rawValue: String

        /// Wraps a word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file could not be opened or read.
        public static let unreadable = Code(rawValue: "unreadable")
        /// The file is too short to hold its magic words.
        public static let tooShort = Code(rawValue: "too-short")
        /// The magic word is of no kind that is known.
        public static let unknownMagic = Code(rawValue: "unknown-magic")
        /// The magic word is of another kind than the file's name.
        public static let unexpectedKind = Code(rawValue: "unexpected-kind")
        /// The image is not made of entries (raw pages, text, an archive).
        public static let notFramed = Code(rawValue: "not-framed")
        /// The file ends inside the size word of an entry.
        public static let truncatedSize = Code(rawValue: "truncated-size")
        /// An entry claims more bytes than the file has left, or 2 GiB and more.
        public static let sizeBeyondEnd = Code(rawValue: "size-beyond-end")
        /// The bytes of an entry are not protobuf, or a field has the wrong wire type.
        public static let malformedMessage = Code(rawValue: "malformed-message")
        /// A field without which the entry has no meaning is absent.
        public static let missingField = Code(rawValue: "missing-field")
        /// Messages are nested more deeply than any real image nests them.
        public static let nestedTooDeeply = Code(rawValue: "nested-too-deeply")
        /// Decoding would take far more memory than the entry has bytes.
        public static let tooLarge = Code(rawValue: "too-large")
        /// The data that belongs to an entry is cut off.
        public static let truncatedPayload = Code(rawValue: "truncated-payload")
    }

    /// The sort of damage.
    public let code: Code
    /// The name of the image file.
    public var image: String
    /// The kind of image, where the magic word told it.
    public let kind: ImageKind?
    /// The entry's place in the image, counted from 0; nil if the damage is before the first entry.
    public let entry: Int?
    /// The byte offset in the file at which the damage shows; nil if it is not at a place in the file.
    public let offset: Int?
    /// One sentence part for a person, without the place.
    public let detail: String

    init(
        _ code: Code, _ detail: String, image: String = "", kind: ImageKind? = nil, entry: Int? = nil, at offset: Int?
    ) {
        self.code = code
        self.image = image
        self.kind = kind
        self.entry = entry
        self.offset = offset
        self.detail = detail
    }
}

extension ImageError: CustomStringConvertible {
    /// One line: image, entry, offset, what is wrong. The image's name is as it was given, not escaped.
    public var description: String {
        var place = image
        if let entry { place += place.isEmpty ? "entry \(entry)" : ", entry \(entry)" }
        if let offset { place += place.isEmpty ? "byte \(offset)" : ", byte \(offset)" }
        return place.isEmpty ? detail : "\(place): \(detail)"
    }
}

extension ImageError: Equatable {
    /// Errors are equal if they are of one sort at one place; their wording does not count.
    public static func == (left: ImageError, right: ImageError) -> Bool {
        left.code == right.code && left.image == right.image && left.kind == right.kind && left.entry == right.entry
            && left.offset == right.offset
    }
}

extension ImageError {
    /// A file that cannot be read at all.
    public init(unreadable image: String, _ detail: String) {
        self.init(.unreadable, detail, image: image, at: nil)
    }

    /// An image whose magic word says another kind than its name.
    public init(unexpected kind: ImageKind, in image: String) {
        self.init(.unexpectedKind, "holds an image of kind \(kind.name)", image: image, kind: kind, at: 0)
    }
}
