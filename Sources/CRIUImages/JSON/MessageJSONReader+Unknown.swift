extension MessageJSONReader {
    /// Reads one member of `unknown_fields` and returns the field's number.
    mutating func readUnknownField(_ reader: inout JSONReader) throws(ImageJSONError) -> UInt32 {
        var number: UInt32?
        try reader.forEachMember { (reader, key) throws(ImageJSONError) in
            if key.elementsEqual("field".utf8) {
                let value = try reader.integer().magnitude
                guard value > 0, value < 1 << 29 else { throw reader.error("a field number is out of range") }
                number = UInt32(value)
            } else if let number {
                try readUnknownValue(number, key, &reader)
            } else {
                throw reader.error("an unknown field begins with its number under the key field")
            }
        }
        guard let number else { throw reader.error("an unknown field without a number") }
        return number
    }

    private mutating func readUnknownValue(
        _ number: UInt32, _ key: UnsafeRawBufferPointer, _ reader: inout JSONReader
    ) throws(ImageJSONError) {
        switch String(decoding: key, as: UTF8.self) {
        case "varint":
            wire.append(tag: number, .varint)
            wire.append(varint: try reader.integer().magnitude)
        case "fixed32":
            wire.append(tag: number, .fixed32)
            wire.append(fixed32: UInt32(truncatingIfNeeded: try reader.integer().magnitude))
        case "fixed64":
            wire.append(tag: number, .fixed64)
            wire.append(fixed64: try reader.integer().magnitude)
        case "bytes":
            wire.append(tag: number, .lengthDelimited)
            let start = wire.count
            try reader.base64 { piece, _ in wire.append(piece) }
            wire.insertLength(at: start)
        default: throw reader.error("an unknown field has one of varint, fixed32, fixed64, bytes")
        }
    }
}
