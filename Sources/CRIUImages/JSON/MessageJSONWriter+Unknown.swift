internal import CCRIUSchema
internal import EvidenceText

extension MessageJSONWriter {
    /// Writes fields that the schema does not have, in the order in which the image has them.
    mutating func writeUnknown(_ fields: UnsafeBufferPointer<ProtobufCMessageUnknownField>) {
        layout.member("unknown_fields")
        layout.open(0x5B)
        for field in fields {
            layout.member()
            layout.open(0x7B)
            layout.member("field")
            out.append(decimal: UInt64(field.tag))
            write(field)
            layout.close(0x7D)
        }
        layout.close(0x5D)
    }

    private mutating func write(_ field: ProtobufCMessageUnknownField) {
        let data = UnsafeRawBufferPointer(start: field.data, count: field.len)
        switch field.wire_type {
        case PROTOBUF_C_WIRE_TYPE_VARINT:
            layout.member("varint")
            out.append(decimal: varint(data))
        case PROTOBUF_C_WIRE_TYPE_32BIT where data.count == 4:
            layout.member("fixed32")
            out.append(decimal: UInt64(UInt32(littleEndian: data.loadUnaligned(as: UInt32.self))))
        case PROTOBUF_C_WIRE_TYPE_64BIT where data.count == 8:
            layout.member("fixed64")
            out.append(decimal: UInt64(littleEndian: data.loadUnaligned(as: UInt64.self)))
        default:
            // protobuf-c keeps the length word with the bytes.
            layout.member("bytes")
            out.append(0x22)
            Base64.append(UnsafeRawBufferPointer(rebasing: data.drop { $0 >= 0x80 }.dropFirst()), to: out)
            out.append(0x22)
        }
    }

    private func varint(_ data: UnsafeRawBufferPointer) -> UInt64 {
        var value: UInt64 = 0
        for (index, byte) in data.prefix(10).enumerated() { value |= UInt64(byte & 0x7F) << UInt64(index * 7) }
        return value
    }
}
