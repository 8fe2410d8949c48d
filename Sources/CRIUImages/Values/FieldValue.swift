public import EvidenceText

/// A value of a message's field.
public indirect enum FieldValue: Sendable {
    /// Yes or no.
    case flag(Bool)
    /// A whole number.
    case number(FieldNumber)
    /// A value of an enumeration, by its name.
    case name(String)
    /// Text (a `string` of the schema).
    case text(ByteText)
    /// Bytes.
    case bytes([UInt8])
    /// The values of a repeated field, and what they say together: the words of an IP address.
    case list([FieldValue], words: String?)
    /// A message.
    case message(MessageValue)
}

/// A whole number with what the pretty form shows of it.
public struct FieldNumber: Sendable {
    /// The number without its sign.
    public let magnitude: UInt64
    /// Whether it is below zero.
    public let isNegative: Bool
    /// Whether it is written in hexadecimal.
    public let isHexadecimal: Bool
    /// The number in words.
    public let words: Words?

    /// A number in words.
    public enum Words: Sendable {
        /// The names of flags; what has no name in hexadecimal.
        case flags([String])
        /// A name, or a device's number.
        case name(String)
    }
}
