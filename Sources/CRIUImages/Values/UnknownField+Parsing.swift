internal import CCRIUSchema

extension ProtobufCMessageUnknownField {
    /// The value, copied.
    var value: MessageValue.UnknownField.Value {
        let bytes = UnsafeRawBufferPointer(start: data, count: len)
        switch wire_type {
        case PROTOBUF_C_WIRE_TYPE_VARINT: return .varint(varint(bytes))
        case PROTOBUF_C_WIRE_TYPE_32BIT where bytes.count == 4:
            return .fixed32(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
        case PROTOBUF_C_WIRE_TYPE_64BIT where bytes.count == 8:
            return .fixed64(UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
        default:
            // protobuf-c keeps the length word with the bytes.
            return .bytes(Array(bytes.drop { $0 >= 0x80 }.dropFirst()))
        }
    }

    private func varint(_ data: UnsafeRawBufferPointer) -> UInt64 {
        var value: UInt64 = 0
        for (index, byte) in data.prefix(10).enumerated() { value |= UInt64(byte & 0x7F) << UInt64(index * 7) }
        return value
    }
}
