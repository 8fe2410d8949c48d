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
        switch field.value {
        case .varint(let number):
            layout.member("varint")
            out.append(decimal: number)
        case .fixed32(let number):
            layout.member("fixed32")
            out.append(decimal: UInt64(number))
        case .fixed64(let number):
            layout.member("fixed64")
            out.append(decimal: number)
        case .bytes(let bytes):
            layout.member("bytes")
            out.append(0x22)
            bytes.withUnsafeBytes { Base64.append($0, to: out) }
            out.append(0x22)
        }
    }
}
