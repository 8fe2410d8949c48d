extension MessageJSONReader {
    /// Reads one member of `unknown_fields` and returns the field's number.
    mutating func readUnknownField(_ reader: inout JSONReader) throws(ImageJSONError) -> UInt32 {
        var number: UInt32?
        var hasValue = false
        try reader.forEachMember { (reader, key) throws(ImageJSONError) in
            guard !hasValue else { throw reader.error("an unknown field has one value") }
            if let number {
                try readUnknownValue(number, key, &reader)
                hasValue = true
            } else {
                number = try readNumber(of: key, &reader)
            }
        }
        guard let number, hasValue else { throw reader.error("an unknown field has a number and a value") }
        return number
    }

    private func readNumber(
        of key: UnsafeRawBufferPointer, _ reader: inout JSONReader
    ) throws(ImageJSONError) -> UInt32 {
        guard key.elementsEqual("field".utf8) else {
            throw reader.error("an unknown field begins with its number under the key field")
        }
        // Protobuf has numbers up to 2^29 only, but protobuf-c reads larger ones.
        let number = try readBits(&reader, 32)
        guard number > 0 else { throw reader.error("a field number is out of range") }
        return UInt32(number)
    }

    private mutating func readUnknownValue(
        _ number: UInt32, _ key: UnsafeRawBufferPointer, _ reader: inout JSONReader
    ) throws(ImageJSONError) {
        switch String(decoding: key, as: UTF8.self) {
        case "varint":
            wire.append(tag: number, .varint)
            wire.append(varint: try readBits(&reader, 64))
        case "fixed32":
            wire.append(tag: number, .fixed32)
            wire.append(fixed32: UInt32(try readBits(&reader, 32)))
        case "fixed64":
            wire.append(tag: number, .fixed64)
            wire.append(fixed64: try readBits(&reader, 64))
        case "bytes":
            wire.append(tag: number, .lengthDelimited)
            let start = wire.count
            try reader.base64 { piece, _ in wire.append(piece) }
            wire.insertLength(at: start)
        default: throw reader.error("an unknown field has one of varint, fixed32, fixed64, bytes")
        }
    }

    /// Reads a number without a sign that fits a number of bits.
    private func readBits(_ reader: inout JSONReader, _ bits: Int) throws(ImageJSONError) -> UInt64 {
        let (magnitude, isNegative) = try reader.integer()
        guard !isNegative, bits == 64 || magnitude >> UInt64(bits) == 0 else {
            throw reader.error("a number beyond \(bits) bits")
        }
        return magnitude
    }
}
