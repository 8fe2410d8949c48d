/// How the pretty JSON form shows a field.
enum DisplayHint: Sendable, Equatable {
    /// As it is.
    case plain
    /// In hexadecimal; a message field passes this down to all its fields.
    case hexadecimal
    /// The words of an IPv4 or IPv6 address, in network order.
    case ipAddress
    /// A device number with 20 bits of minor number.
    case device
    /// Named bits.
    case flags(FlagSet)
    /// Named values.
    case names(NameSet)
    /// Bytes as quoted-printable text, in the plain form too.
    case quotedPrintable
}

/// What the schema knows of a field beyond its descriptor. The table is generated.
struct FieldNote: Sendable {
    let message: MessageType
    let field: UInt32
    let display: DisplayHint
    let isText: Bool

    init(_ message: MessageType, _ field: UInt32, display: DisplayHint = .plain, isText: Bool = false) {
        self.message = message
        self.field = field
        self.display = display
        self.isText = isText
    }
}
