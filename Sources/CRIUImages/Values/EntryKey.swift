/// A field that is a number, by which entries of an image are told apart. Reading it is much quicker than reading all fields.
public struct EntryKey {
    /// The name of the field.
    public let name: String
    private let type: MessageType
    private let field: FieldSchema
    /// The field of the message in the field, if it is one.
    private let inner: FieldSchema?

    /// Finds a field of a message.
    ///
    /// - Parameters:
    ///   - type: The message.
    ///   - names: The names of fields, of which the first one is taken that the message has. Of a field that is a message
    ///     itself, its `id` is meant.
    /// - Returns: nil if it has none, or if it is not a single number.
    public init?(_ type: MessageType, names: [String]) {
        let fields = type.schema.fields
        let found = names.lazy.compactMap { name in fields.first { $0.nameText == name } }.first
        guard let field = found, !field.isRepeated else { return nil }
        (name, self.type, self.field) = (field.nameText, type, field)
        if let message = field.message {
            guard let inner = message.schema.fields.first(where: { $0.nameText == "id" }) else { return nil }
            self.inner = inner
        } else {
            inner = nil
        }
        guard (inner ?? field).isWholeNumber else { return nil }
    }

    /// The number in a message, if it is of the type and has one.
    fileprivate func number(in message: borrowing MessageView) -> UInt64? {
        guard message.type == type else { return nil }
        let value = message.base + field.offset
        guard field.isPresent(at: value, in: message.base) else { return nil }
        guard let inner else { return bits(field, value) }
        guard let nested = value.load(as: UnsafeRawPointer?.self) else { return nil }
        let number = nested + inner.offset
        return inner.isPresent(at: number, in: nested) ? bits(inner, number) : nil
    }

    private func bits(_ field: FieldSchema, _ value: UnsafeRawPointer) -> UInt64 {
        let (magnitude, isNegative) = field.number(at: value)
        return isNegative ? 0 &- magnitude : magnitude
    }
}

extension EntryCursor {
    /// The number by which the current entry is told from others; nil if it has none.
    ///
    /// - Precondition: The last ``next()`` returned true.
    public func number(_ key: EntryKey) -> UInt64? { withMessage { key.number(in: $0) } }
}
