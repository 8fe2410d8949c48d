internal import CCRIUSchema

/// A whole number with its sign apart, so that both halves of 64 bits fit.
struct SignedMagnitude {
    var magnitude: UInt64
    var isNegative: Bool

    /// The number in two's complement.
    var bits: UInt64 { isNegative ? 0 &- magnitude : magnitude }
}

extension MessageJSONReader {
    func readEnum(_ field: FieldSchema, _ reader: inout JSONReader) throws(ImageJSONError) -> SignedMagnitude {
        guard reader.peek() == 0x22 else { return try plainNumber(&reader) }
        let name = try reader.stringText()
        guard let value = field.values.flatMap({ protobuf_c_enum_descriptor_get_value_by_name($0, name) }) else {
            throw reader.error("\(field.nameText) has no value \(name)")
        }
        return SignedMagnitude(magnitude: UInt64(value.pointee.value.magnitude), isNegative: value.pointee.value < 0)
    }

    /// Reads a number, or the text that the pretty form shows it as.
    func readNumber(_ field: FieldSchema, _ reader: inout JSONReader) throws(ImageJSONError) -> SignedMagnitude {
        guard reader.peek() == 0x22 else { return try plainNumber(&reader) }
        let text = try reader.stringText()
        guard let number = number(text, field) else {
            throw reader.error("\(text) is no value of \(field.nameText)")
        }
        return number
    }

    private func plainNumber(_ reader: inout JSONReader) throws(ImageJSONError) -> SignedMagnitude {
        let (magnitude, isNegative) = try reader.integer()
        return SignedMagnitude(magnitude: magnitude, isNegative: isNegative)
    }

    private func number(_ text: String, _ field: FieldSchema) -> SignedMagnitude? {
        switch field.display {
        case .device where text.contains(":"): return device(text)
        case .flags(let set): return flags(text, set, isSigned: field.isSigned)
        case .names(let set):
            if let value = set.value(named: text) {
                return SignedMagnitude(magnitude: UInt64(value), isNegative: false)
            }
        default: break
        }
        return literal(text)
    }

    private func device(_ text: String) -> SignedMagnitude? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let major = UInt64(parts[0]), let minor = UInt64(parts[1]) else { return nil }
        guard major < 1 << 44, minor < 1 << 20 else { return nil }
        return SignedMagnitude(magnitude: major << 20 | minor, isNegative: false)
    }

    private func flags(_ text: String, _ set: FlagSet, isSigned: Bool) -> SignedMagnitude? {
        var value: UInt64 = 0
        if text.isEmpty { return SignedMagnitude(magnitude: 0, isNegative: false) }
        for part in text.split(separator: "|", omittingEmptySubsequences: false) {
            let word = part.filter { $0 != " " }
            guard let bits = set.bit(named: word) ?? literal(word)?.bits else { return nil }
            value |= bits
        }
        let isNegative = isSigned && value >> 63 == 1
        return SignedMagnitude(magnitude: isNegative ? 0 &- value : value, isNegative: isNegative)
    }

    /// Reads a decimal or, with `0x`, a hexadecimal number; the sign may stand on either side of `0x`.
    private func literal(_ text: String) -> SignedMagnitude? {
        var rest = Substring(text)
        var isNegative = rest.hasPrefix("-")
        if isNegative { rest = rest.dropFirst() }
        let isHexadecimal = rest.hasPrefix("0x")
        if isHexadecimal { rest = rest.dropFirst(2) }
        if isHexadecimal && rest.hasPrefix("-") {
            isNegative = true
            rest = rest.dropFirst()
        }
        guard rest.first?.isHexDigit == true else { return nil }
        return UInt64(rest, radix: isHexadecimal ? 16 : 10).map {
            SignedMagnitude(magnitude: $0, isNegative: isNegative)
        }
    }

    /// Appends a number after its tag, if it fits the field.
    mutating func append(
        _ number: SignedMagnitude, _ field: FieldSchema, _ reader: JSONReader
    ) throws(ImageJSONError) {
        guard field.admits(number) else { throw reader.error("the value of \(field.nameText) is out of range") }
        switch field.type {
        case PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32:
            wire.append(fixed32: UInt32(truncatingIfNeeded: number.bits))
        case PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64: wire.append(fixed64: number.bits)
        case PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SINT64:
            // The zigzag form: the sign is the lowest bit.
            let bits = Int64(bitPattern: number.bits)
            wire.append(varint: UInt64(bitPattern: bits << 1 ^ bits >> 63))
        default: wire.append(varint: number.bits)
        }
    }
}

extension FieldSchema {
    /// Whether the field can hold negative numbers.
    var isSigned: Bool {
        switch type {
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_SINT32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_INT64,
            PROTOBUF_C_TYPE_SINT64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_ENUM:
            true
        default: false
        }
    }

    /// Whether a number is in the range of the field's type.
    fileprivate func admits(_ number: SignedMagnitude) -> Bool {
        let isWide = stride == 8
        if isSigned {
            let limit: UInt64 = isWide ? 1 << 63 : 1 << 31
            return number.isNegative ? number.magnitude <= limit : number.magnitude < limit
        }
        return (!number.isNegative || number.magnitude == 0) && (isWide || number.magnitude <= UInt64(UInt32.max))
    }
}
