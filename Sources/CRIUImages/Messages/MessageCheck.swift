internal import CCRIUSchema

/// Walks the wire form of a message by its schema: to bound the nesting before C recurses, and to find out what is wrong
/// with a message that protobuf-c refuses, since it gives no reason.
struct MessageCheck {
    let base: UnsafeRawBufferPointer
    /// The offset of the bytes in the file.
    let origin: Int

    /// - Throws: ``MessageDamage``, with `.nestedTooDeeply` or for a wire form that cannot be walked.
    func checkDepth(of schema: MessageSchema) throws(MessageDamage) {
        try checkDepth(of: schema, 0..<base.count, depth: 1)
    }

    private func checkDepth(of schema: MessageSchema, _ range: Range<Int>, depth: Int) throws(MessageDamage) {
        guard depth <= MessageDecoder.depthLimit else {
            let detail = "messages are nested more than \(MessageDecoder.depthLimit) deep"
            throw MessageDamage(code: .nestedTooDeeply, detail: detail, offset: origin + range.lowerBound)
        }
        var cursor = WireCursor(base, range)
        // What this cannot walk is refused, since C might walk it, and deeper than it may.
        while let field = try next(&cursor, in: schema) {
            guard field.wireType == .lengthDelimited, let type = schema.field(numbered: field.number)?.message else {
                continue
            }
            try checkDepth(of: type.schema, field.value, depth: depth + 1)
        }
    }

    /// The first damage in a message that could not be decoded.
    func damage(in schema: MessageSchema) -> MessageDamage {
        do {
            try check(schema, 0..<base.count, depth: 1)
        } catch {
            return error
        }
        let detail = "not a valid \(schema.name): protobuf-c refuses it"
        return MessageDamage(code: .malformedMessage, detail: detail, offset: origin)
    }

    private func check(_ schema: MessageSchema, _ range: Range<Int>, depth: Int) throws(MessageDamage) {
        var cursor = WireCursor(base, range)
        var seen: Set<UInt32> = []
        while let field = try next(&cursor, in: schema) {
            seen.insert(field.number)
            guard let known = schema.field(numbered: field.number) else { continue }
            try check(field, against: known, in: schema, depth: depth)
        }
        for field in schema.fields where field.label == PROTOBUF_C_LABEL_REQUIRED && !seen.contains(field.number) {
            throw fault(
                .missingField, "required field \(field.nameText) of \(schema.name) is missing", at: range.lowerBound)
        }
    }

    private func next(_ cursor: inout WireCursor, in schema: MessageSchema) throws(MessageDamage) -> WireCursor.Field? {
        do {
            return try cursor.next()
        } catch {
            let offset = cursor.offset
            throw fault(.malformedMessage, "\(schema.name): \(error.explanation)", at: offset)
        }
    }

    private func check(
        _ field: WireCursor.Field, against known: FieldSchema, in schema: MessageSchema, depth: Int
    ) throws(MessageDamage) {
        let isPacked =
            known.label == PROTOBUF_C_LABEL_REPEATED && known.wireType != .lengthDelimited
            && field.wireType == .lengthDelimited
        guard field.wireType == known.wireType || isPacked else {
            throw fault(
                .malformedMessage, "\(schema.name).\(known.nameText) has wire type \(field.wireType)", at: field.start)
        }
        if let type = known.message, depth < MessageDecoder.depthLimit {
            try check(type.schema, field.value, depth: depth + 1)
        }
    }

    private func fault(_ code: ImageError.Code, _ detail: String, at offset: Int) -> MessageDamage {
        MessageDamage(code: code, detail: detail, offset: origin + offset)
    }
}

extension MessageSchema {
    /// The message's name in the .proto file.
    var name: String { String(cString: descriptor.pointee.name) }
}

extension WireCursor.Fault {
    var explanation: String {
        switch self {
        case .badVarint: "a number has more than 10 bytes"
        case .badTag: "a field number is out of range"
        case .badWireType(let type): "wire type \(type) is not in use"
        case .cutOff: "a field reaches beyond the end of the message"
        }
    }
}
