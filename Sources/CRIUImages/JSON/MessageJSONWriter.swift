internal import CCRIUSchema
internal import EvidenceText

/// Writes decoded messages as JSON.
struct MessageJSONWriter: ~Copyable {
    var layout: JSONLayout
    /// Whether numbers are shown as the schema hints.
    let isPretty: Bool
    /// The order of bytes in words that are memory of the dumped machine, such as network addresses.
    let byteOrder: ByteOrder

    init(_ out: OutputBuffer, isPretty: Bool, byteOrder: ByteOrder) {
        self.layout = JSONLayout(out, indent: isPretty ? 4 : nil)
        self.isPretty = isPretty
        self.byteOrder = byteOrder
    }

    /// A writer of entries of an image whose JSON was begun elsewhere.
    ///
    /// - Parameter isFirst: Whether no entry was written before.
    init(entriesTo out: OutputBuffer, isPretty: Bool, byteOrder: ByteOrder, isFirst: Bool) {
        self.layout = JSONLayout(out, indent: isPretty ? 4 : nil, depth: 2, isFirst: isFirst)
        self.isPretty = isPretty
        self.byteOrder = byteOrder
    }

    var out: OutputBuffer { layout.out }

    /// Writes a message with its braces.
    mutating func write(_ message: UnsafeRawPointer, _ schema: MessageSchema, isHexadecimal: Bool = false) {
        layout.open(0x7B)
        writeFields(of: message, schema, isHexadecimal: isHexadecimal)
        layout.close(0x7D)
    }

    /// Writes the members of a message.
    ///
    /// - Parameter isHexadecimal: Whether a field further up asks for hexadecimal numbers.
    mutating func writeFields(of message: UnsafeRawPointer, _ schema: MessageSchema, isHexadecimal: Bool = false) {
        guard var field = schema.fields.baseAddress else { return writeUnknown(of: message) }
        let end = field + schema.fields.count
        while field < end {
            write(field, of: message, isHexadecimal: isHexadecimal)
            field += 1
        }
        writeUnknown(of: message)
    }

    private mutating func writeUnknown(of message: UnsafeRawPointer) {
        let header = message.assumingMemoryBound(to: ProtobufCMessage.self)
        if header.pointee.n_unknown_fields > 0 {
            writeUnknown(
                UnsafeBufferPointer(start: header.pointee.unknown_fields, count: Int(header.pointee.n_unknown_fields)))
        }
    }

    /// Writes a member, if the field is there. Takes the field by its address, since a copy would take as long as the rest.
    @inline(__always)
    private mutating func write(
        _ field: UnsafePointer<FieldSchema>, of message: UnsafeRawPointer, isHexadecimal: Bool
    ) {
        let value = message + field.pointee.offset
        if field.pointee.label == PROTOBUF_C_LABEL_REPEATED {
            let count = message.load(fromByteOffset: field.pointee.quantifierOffset, as: Int.self)
            guard count > 0, let values = value.load(as: UnsafeRawPointer?.self) else { return }
            layout.member(field)
            writeArray(values, count, field.pointee, isHexadecimal)
        } else if field.pointee.isPresent(at: value, in: message) {
            layout.member(field)
            if isPretty || !writePlain(value, field.pointee.type) { write(value, field.pointee, isHexadecimal) }
        }
    }

    /// Writes a value of the most frequent types in decimal; false for other types.
    @inline(__always)
    private func writePlain(_ value: UnsafeRawPointer, _ type: ProtobufCType) -> Bool {
        switch type {
        case PROTOBUF_C_TYPE_UINT32: out.append(decimal: UInt64(value.load(as: UInt32.self)))
        case PROTOBUF_C_TYPE_UINT64: out.append(decimal: value.load(as: UInt64.self))
        default: return false
        }
        return true
    }

    private mutating func writeArray(
        _ values: UnsafeRawPointer, _ count: Int, _ field: FieldSchema, _ isHexadecimal: Bool
    ) {
        layout.open(0x5B)
        if isPretty, field.display == .ipAddress, let text = ipAddressText(values, count, byteOrder) {
            layout.member()
            out.append(jsonString: text)
        } else {
            let stride = field.stride
            for index in 0..<count {
                layout.member()
                write(values + index * stride, field, isHexadecimal)
            }
        }
        layout.close(0x5D)
    }

    /// Writes one value.
    private mutating func write(
        _ value: UnsafeRawPointer, _ field: FieldSchema, _ isHexadecimal: Bool
    ) {
        switch field.type {
        case PROTOBUF_C_TYPE_MESSAGE: writeMessage(value, field, isHexadecimal)
        case PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING: writeBytes(value, field)
        case PROTOBUF_C_TYPE_BOOL: out.append(value.load(as: protobuf_c_boolean.self) != 0 ? "true" : "false")
        case PROTOBUF_C_TYPE_ENUM: writeEnum(value.load(as: Int32.self), field)
        default:
            let (magnitude, isNegative) = field.number(at: value)
            writeNumber(magnitude, isNegative: isNegative, field, isHexadecimal)
        }
    }

    private mutating func writeMessage(
        _ value: UnsafeRawPointer, _ field: FieldSchema, _ isHexadecimal: Bool
    ) {
        guard let type = field.message, let message = value.load(as: UnsafeRawPointer?.self) else { return }
        write(message, type.schema, isHexadecimal: isHexadecimal || field.display == .hexadecimal)
    }

    private func writeBytes(_ value: UnsafeRawPointer, _ field: FieldSchema) {
        let data = value.load(as: ProtobufCBinaryData.self)
        let bytes = UnsafeRawBufferPointer(start: data.data, count: data.data == nil ? 0 : data.len)
        if field.isText {
            out.append(jsonString: bytes)
        } else if field.display == .quotedPrintable {
            out.append(jsonString: QuotedPrintable.encode(bytes))
        } else {
            out.append(0x22)
            Base64.append(bytes, to: out)
            out.append(0x22)
        }
    }

    private func writeEnum(_ value: Int32, _ field: FieldSchema) {
        guard let entry = field.values.flatMap({ protobuf_c_enum_descriptor_get_value($0, value) }) else {
            return out.append(decimal: Int64(value))
        }
        out.append(0x22)
        out.append(string: String(cString: entry.pointee.name))
        out.append(0x22)
    }
}

extension JSONLayout {
    /// Begins a member of an object with the key of a field.
    @inline(__always)
    mutating func member(_ field: UnsafePointer<FieldSchema>) {
        member()
        let key = field.pointee.key
        if key.count <= 32, let text = key.baseAddress {
            out.append(padded: text, count: key.count)
        } else {
            out.append(bytes: key)
        }
    }
}
