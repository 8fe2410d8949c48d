/// Something in the bytes of an entry that decodes, but that no version of CRIU writes, or that this version does not know.
///
/// A decoder passes over all of it, so that it can hide what a second reader of the same bytes would see.
public struct WireNote: Sendable, Equatable {
    /// The sorts of notes.
    public enum Kind: String, Sendable, CaseIterable {
        /// A field that holds one value is there twice; the last one counts.
        case repeatedField = "repeated-field"
        /// A number or a size takes more bytes than it needs.
        case paddedNumber = "padded-number"
        /// A number has bits that its field cannot hold, or a truth value is neither 0 nor 1. Decoders drop the rest.
        case wideNumber = "wide-number"
        /// A field is stored as another sort of value than it is of. libprotobuf-c lets it pass for truth values alone.
        case wrongType = "wrong-type"
        /// A field has a number of 2^29 or more, which no field can have. What is behind it in the message is not looked at.
        case badTag = "bad-field-number"
        /// A field has a number that the schema does not know.
        case unknownField = "unknown-field"
        /// A field has a number that is none of the named values of its type.
        case unknownValue = "unknown-value"
    }

    /// The sort of note.
    public let kind: Kind
    /// The entry in the image, counted from 0.
    public let entry: Int
    /// The offset in the file of the field's first byte.
    public let offset: Int
    /// One sentence part for a person, without the place.
    public let detail: String
}
