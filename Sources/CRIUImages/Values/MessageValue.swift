/// A decoded message, copied: its fields as values of any sort, free of how they are encoded.
public struct MessageValue: Sendable {
    /// The name of the message in the schema.
    public let name: String
    /// The fields of the schema by ascending number.
    public let fields: [Field]
    /// The fields that the schema does not have, in the order of the message.
    public let unknown: [UnknownField]

    /// A field of the schema.
    public struct Field: Sendable {
        /// The field's name, as it is the key in the JSON form.
        public let key: String
        /// Its value; nil if the message has none, which is not zero.
        public let value: FieldValue?
        /// Whether values of the field have words.
        public let hasWords: Bool
    }

    /// A field that the schema does not have.
    public struct UnknownField: Sendable {
        /// Its number.
        public let number: UInt32
        /// Its value.
        public let value: Value

        /// A value, by its form on the wire.
        public enum Value: Sendable {
            /// A varint.
            case varint(UInt64)
            /// 32 bits.
            case fixed32(UInt32)
            /// 64 bits.
            case fixed64(UInt64)
            /// Anything with a length.
            case bytes([UInt8])
        }
    }

    /// The value of a field; nil if there is none. Linear in the number of fields.
    public subscript(key: String) -> FieldValue? { fields.first { $0.key == key }.flatMap(\.value) }
}

extension EntryCursor {
    /// The current entry's message as values.
    ///
    /// - Precondition: The last ``next()`` returned true.
    public var value: MessageValue {
        withMessage { message in
            MessageValueReader(byteOrder: image.header.byteOrder).read(message.base, message.type.schema)
        }
    }
}

extension ImageFile {
    /// The values of a message in the image's bytes; nil if it is malformed.
    ///
    /// - Precondition: `range` is within the image.
    public func value(of type: MessageType, in range: Range<Int>) -> MessageValue? {
        let decoder = MessageDecoder()
        decoder.prepare(forEntryOf: range.count)
        return bytes[range].withUnsafeBytes { raw in
            guard let message = try? decoder.decode(type, raw, at: range.lowerBound) else { return nil }
            return MessageValueReader(byteOrder: header.byteOrder).read(message, type.schema)
        }
    }
}
