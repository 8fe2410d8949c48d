internal import CCRIUSchema

/// Walks the bytes of a message that decodes, and tells what is odd about them.
///
/// Linear in the bytes, and no deeper than the decoder went.
struct WireAudit {
    let bytes: UnsafeRawBufferPointer
    /// Told of each oddity: its sort, the offset of the field, and words for it.
    let note: (WireNote.Kind, Int, @autoclosure () -> String) -> Void

    /// Looks through a message.
    ///
    /// - Parameters:
    ///   - type: The type of the message.
    ///   - range: Where it is in the bytes.
    func look(at type: MessageType, _ range: Range<Int>, depth: Int = 1) {
        let schema = type.schema
        var cursor = WireCursor(bytes, range)
        var seen = SeenFields()
        do throws(WireCursor.Fault) {
            while let field = try cursor.next() { look(at: field, of: schema, &seen, depth) }
        } catch {
            let explanation = error.explanation
            note(.badTag, cursor.offset, "\(schema.name): \(explanation)")
        }
    }

    private func look(at field: WireCursor.Field, of schema: MessageSchema, _ seen: inout SeenFields, _ depth: Int) {
        let known = schema.field(numbered: field.number)
        let holdsNumbers =
            field.wireType == .varint || (field.wireType == .lengthDelimited && known?.wireType == .varint)
        if isPadded(field.start..<field.value.lowerBound) || (holdsNumbers && isPadded(field.value)) {
            note(.paddedNumber, field.start, "field \(field.number) of \(schema.name) has a number with needless bytes")
        }
        guard let known else {
            return note(.unknownField, field.start, "\(schema.name) has no field \(field.number) that is known")
        }
        let isList = known.label == PROTOBUF_C_LABEL_REPEATED
        if !isList, !seen.insert(field.number) {
            note(.repeatedField, field.start, "\(schema.name).\(known.nameText) is there twice, and holds one value")
        }
        if field.wireType != known.wireType, !(isList && field.wireType == .lengthDelimited) {
            return note(.wrongType, field.start, "\(schema.name).\(known.nameText) is stored as \(field.wireType)")
        }
        if let message = known.message, field.wireType == .lengthDelimited, depth < MessageDecoder.depthLimit {
            look(at: message, field.value, depth: depth + 1)
        } else if known.wireType == .varint {
            lookAtNumbers(of: known, field, in: schema)
        }
    }

    // MARK: Numbers

    /// Whether one of the numbers that fill a range ends in a byte that adds nothing.
    private func isPadded(_ range: Range<Int>) -> Bool {
        var goesOn = false
        for offset in range {
            let byte = bytes[offset]
            if byte == 0 && goesOn { return true }
            goesOn = byte >= 0x80
        }
        return false
    }

    /// Looks whether the numbers of a field are ones that it can hold. A list of them can be packed into one field.
    private func lookAtNumbers(of known: FieldSchema, _ field: WireCursor.Field, in schema: MessageSchema) {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for offset in field.value {
            let byte = UInt64(bytes[offset] & 0x7F)
            // Of the tenth byte of a number there is room for one bit.
            let isCut = shift > 63 || shift == 63 && byte > 1
            value |= byte << shift
            shift += 7
            guard bytes[offset] < 0x80 else { continue }
            look(at: value, isCut, of: known, field, in: schema)
            (value, shift) = (0, 0)
        }
    }

    private func look(
        at value: UInt64, _ isCut: Bool, of known: FieldSchema, _ field: WireCursor.Field, in schema: MessageSchema
    ) {
        if isCut || !known.holds(value) {
            note(
                .wideNumber, field.start,
                "\(schema.name).\(known.nameText) has a number that it cannot hold: a part of it is lost")
        }
        guard let values = known.values else { return }
        let number = Int32(truncatingIfNeeded: value)
        if protobuf_c_enum_descriptor_get_value(values, number) == nil {
            note(.unknownValue, field.start, "\(schema.name).\(known.nameText) is \(number), which has no name")
        }
    }
}

extension FieldSchema {
    /// Whether nothing of a number on the wire is lost when the field holds it.
    fileprivate func holds(_ value: UInt64) -> Bool {
        switch type {
        case PROTOBUF_C_TYPE_BOOL: value <= 1
        case PROTOBUF_C_TYPE_UINT32, PROTOBUF_C_TYPE_SINT32: value <= UInt64(UInt32.max)
        case PROTOBUF_C_TYPE_INT32, PROTOBUF_C_TYPE_ENUM: Int32(exactly: Int64(bitPattern: value)) != nil
        default: true
        }
    }
}

/// The numbers of the fields of a message that were there; a set only where they are large.
private struct SeenFields {
    private var low: UInt64 = 0
    private var high: Set<UInt32> = []

    /// Adds a number.
    ///
    /// - Returns: Whether it is new.
    mutating func insert(_ number: UInt32) -> Bool {
        guard number < 64 else { return high.insert(number).inserted }
        let bit: UInt64 = 1 << UInt64(number)
        defer { low |= bit }
        return low & bit == 0
    }
}
