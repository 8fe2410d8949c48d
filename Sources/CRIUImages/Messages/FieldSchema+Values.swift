internal import CCRIUSchema

extension FieldSchema {
    /// The distance between the values of a repeated field.
    var stride: Int {
        switch type {
        case PROTOBUF_C_TYPE_MESSAGE: MemoryLayout<UnsafeRawPointer>.stride
        case PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING: MemoryLayout<ProtobufCBinaryData>.stride
        case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_INT64, PROTOBUF_C_TYPE_SINT64,
            PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_DOUBLE:
            8
        default: 4
        }
    }

    /// Whether the field has any number of values.
    var isRepeated: Bool { label == PROTOBUF_C_LABEL_REPEATED }

    /// Whether the values are whole numbers.
    var isWholeNumber: Bool {
        switch type {
        case PROTOBUF_C_TYPE_MESSAGE, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BOOL,
            PROTOBUF_C_TYPE_ENUM:
            false
        default: true
        }
    }

    /// Whether a field that is not repeated has a value.
    ///
    /// - Parameters:
    ///   - value: Where the value is.
    ///   - message: The message.
    @inline(__always)
    func isPresent(at value: UnsafeRawPointer, in message: UnsafeRawPointer) -> Bool {
        if type == PROTOBUF_C_TYPE_MESSAGE { return value.load(as: UnsafeRawPointer?.self) != nil }
        if label == PROTOBUF_C_LABEL_REQUIRED { return true }
        return message.load(fromByteOffset: quantifierOffset, as: protobuf_c_boolean.self) != 0
    }

    /// A whole number, whatever its width and sign.
    func number(at value: UnsafeRawPointer) -> (magnitude: UInt64, isNegative: Bool) {
        switch type {
        case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_FIXED32: return (UInt64(value.load(as: UInt32.self)), false)
        case PROTOBUF_C_TYPE_UINT64, PROTOBUF_C_TYPE_FIXED64: return (value.load(as: UInt64.self), false)
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32:
            let number = Int64(value.load(as: Int32.self))
            return (number.magnitude, number < 0)
        default:
            let number = value.load(as: Int64.self)
            return (number.magnitude, number < 0)
        }
    }
}
