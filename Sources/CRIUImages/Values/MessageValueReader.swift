internal import CCRIUSchema
internal import EvidenceText

/// Copies decoded messages into values.
struct MessageValueReader {
    /// The order of bytes in words that are memory of the dumped machine, such as network addresses.
    let byteOrder: ByteOrder

    /// Copies a message. Nesting is bounded by the decoder.
    ///
    /// - Parameter isHexadecimal: Whether a field further up asks for hexadecimal numbers.
    func read(_ message: UnsafeRawPointer, _ schema: MessageSchema, isHexadecimal: Bool = false) -> MessageValue {
        MessageValue(
            name: schema.name,
            fields: schema.fields.map { field in
                .init(
                    key: field.nameText, value: read(field, of: message, isHexadecimal),
                    hasWords: !isHexadecimal && field.display.givesWords)
            },
            unknown: unknown(of: message))
    }

    private func read(_ field: FieldSchema, of message: UnsafeRawPointer, _ isHexadecimal: Bool) -> FieldValue? {
        let value = message + field.offset
        if field.label == PROTOBUF_C_LABEL_REPEATED {
            let count = message.load(fromByteOffset: field.quantifierOffset, as: Int.self)
            guard count > 0, let values = value.load(as: UnsafeRawPointer?.self) else { return nil }
            let elements = (0..<count).compactMap { read(values + $0 * field.stride, field, isHexadecimal) }
            guard field.display == .ipAddress, !isHexadecimal else { return .list(elements, words: nil) }
            let words = ipAddressText(values, count, byteOrder) ?? "no address"
            return .list(elements, words: words)
        }
        return field.isPresent(at: value, in: message) ? read(value, field, isHexadecimal) : nil
    }

    /// One value; nil for a nested message that is not there.
    private func read(_ value: UnsafeRawPointer, _ field: FieldSchema, _ isHexadecimal: Bool) -> FieldValue? {
        switch field.type {
        case PROTOBUF_C_TYPE_MESSAGE: return nested(value, field, isHexadecimal)
        case PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING:
            let data = value.load(as: ProtobufCBinaryData.self)
            return field.isText ? .text(ByteText(data)) : .bytes([UInt8](data))
        case PROTOBUF_C_TYPE_BOOL: return .flag(value.load(as: protobuf_c_boolean.self) != 0)
        case PROTOBUF_C_TYPE_ENUM: return enumerated(value.load(as: Int32.self), field)
        default:
            let (magnitude, isNegative) = field.number(at: value)
            return .number(FieldNumber(magnitude, isNegative: isNegative, field.display, isHexadecimal))
        }
    }

    private func nested(_ value: UnsafeRawPointer, _ field: FieldSchema, _ isHexadecimal: Bool) -> FieldValue? {
        guard let type = field.message, let message = value.load(as: UnsafeRawPointer?.self) else { return nil }
        let passesDown = isHexadecimal || field.display == .hexadecimal
        return .message(read(message, type.schema, isHexadecimal: passesDown))
    }

    private func enumerated(_ value: Int32, _ field: FieldSchema) -> FieldValue {
        guard let entry = field.values.flatMap({ protobuf_c_enum_descriptor_get_value($0, value) }) else {
            return .number(FieldNumber(UInt64(value.magnitude), isNegative: value < 0, .plain, false))
        }
        return .name(String(cString: entry.pointee.name))
    }

    private func unknown(of message: UnsafeRawPointer) -> [MessageValue.UnknownField] {
        let header = message.assumingMemoryBound(to: ProtobufCMessage.self).pointee
        let fields = UnsafeBufferPointer(start: header.unknown_fields, count: Int(header.n_unknown_fields))
        return fields.map { .init(number: $0.tag, value: $0.value) }
    }
}

extension FieldNumber {
    fileprivate init(_ magnitude: UInt64, isNegative: Bool, _ display: DisplayHint, _ isHexadecimal: Bool) {
        (self.magnitude, self.isNegative) = (magnitude, isNegative)
        self.isHexadecimal = isHexadecimal || display == .hexadecimal
        words = isHexadecimal ? nil : Words(magnitude, isNegative: isNegative, display)
    }
}

extension FieldNumber.Words {
    fileprivate init?(_ magnitude: UInt64, isNegative: Bool, _ display: DisplayHint) {
        let bits = isNegative ? 0 &- magnitude : magnitude
        switch display {
        case .device: self = .name("\(bits >> 20):\(bits & 0xF_FFFF)")
        case .flags(let set): self = .flags(set.names(of: bits))
        case .names(let set):
            let isNamed = !isNegative && magnitude < 1 << 32
            let name = isNamed ? set.name(of: Int64(magnitude)) : nil
            self = .name(name.map { "\($0)" } ?? (isNegative ? "-" : "") + String(magnitude))
        default: return nil
        }
    }
}

extension FlagSet {
    /// The names of the bits that are set, then those without a name in hexadecimal.
    fileprivate func names(of value: UInt64) -> [String] {
        let named = bits.filter { value & $0.bit != 0 }
        let rest = named.reduce(value) { $0 & ~$1.bit }
        return named.map { "\($0.name)" } + (rest == 0 ? [] : ["0x" + String(rest, radix: 16)])
    }
}

extension DisplayHint {
    /// Whether values are put into words.
    fileprivate var givesWords: Bool {
        switch self {
        case .ipAddress, .device, .flags, .names: true
        case .plain, .hexadecimal, .quotedPrintable: false
        }
    }
}
