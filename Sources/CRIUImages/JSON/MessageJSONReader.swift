internal import CCRIUSchema
internal import EvidenceText

/// Reads messages from JSON, plain or pretty, into protobuf's wire form: fields in ascending order, nothing packed.
struct MessageJSONReader {
    /// Where the current entry's message is collected.
    var wire = WireBuffer()
    /// The order of bytes in words that are memory of the dumped machine.
    let byteOrder: ByteOrder
    /// Where the bytes of the fields are, for the messages that are being read, the innermost last.
    private var pieces: [(number: UInt32, range: Range<Int>)] = []

    init(byteOrder: ByteOrder) {
        self.byteOrder = byteOrder
    }

    /// The fields of a message that have been read.
    private struct Progress {
        /// Which fields, by their place in the schema.
        var seen: UInt64 = 0
        var lastNumber: UInt32 = 0
        var isSorted = true
        /// The place in the schema of the field that is expected next.
        var expected = 0
    }

    /// Reads an object as a message.
    ///
    /// - Parameters:
    ///   - other: Called for keys that are no fields; it must read the value and return true, or return false.
    mutating func readMessage(
        _ schema: MessageSchema, _ reader: inout JSONReader, depth: Int = 0,
        other: (inout JSONReader, UnsafeRawBufferPointer) throws(ImageJSONError) -> Bool = { _, _ in false }
    ) throws(ImageJSONError) {
        guard depth < MessageDecoder.depthLimit else { throw reader.error("messages are nested too deeply") }
        let start = wire.count
        let firstPiece = pieces.count
        defer { pieces.removeSubrange(firstPiece...) }
        var progress = Progress()
        try reader.expect(0x7B)
        if !reader.take(0x7D) {
            repeat {
                // The keys that our own writer made come in order and in one form.
                if let index = schema.takeKey(from: progress.expected, &reader) {
                    try readField(schema.fields[index], at: index, &reader, depth, &progress)
                } else {
                    try readMember(of: schema, &reader, depth, &progress, other)
                }
            } while reader.take(0x2C)
            try reader.expect(0x7D)
        }
        try checkComplete(schema, progress, reader)
        if !progress.isSorted { sortFields(from: start, pieces[firstPiece...]) }
    }

    private mutating func readMember(
        of schema: MessageSchema, _ reader: inout JSONReader, _ depth: Int, _ progress: inout Progress,
        _ other: (inout JSONReader, UnsafeRawBufferPointer) throws(ImageJSONError) -> Bool
    ) throws(ImageJSONError) {
        let key = try reader.simpleString()
        try reader.expect(0x3A)
        if let index = schema.index(of: key) {
            try readField(schema.fields[index], at: index, &reader, depth, &progress)
        } else if key.elementsEqual("unknown_fields".utf8) {
            try readUnknown(&reader, &progress)
        } else if try !other(&reader, key) {
            throw reader.error("\(schema.name) has no field \(String(decoding: key, as: UTF8.self))")
        }
    }

    private mutating func readField(
        _ field: FieldSchema, at index: Int, _ reader: inout JSONReader, _ depth: Int, _ progress: inout Progress
    ) throws(ImageJSONError) {
        let bit = UInt64(1) << UInt64(index)
        guard progress.seen & bit == 0 else { throw reader.error("the key \(field.nameText) occurs twice") }
        progress.seen |= bit
        progress.expected = index + 1
        let start = wire.count
        if field.label == PROTOBUF_C_LABEL_REPEATED {
            try readArray(field, &reader, depth)
        } else {
            try readValue(field, &reader, depth)
        }
        note(field.number, from: start, &progress)
    }

    private mutating func readUnknown(
        _ reader: inout JSONReader, _ progress: inout Progress
    ) throws(ImageJSONError) {
        try reader.forEachElement { reader throws(ImageJSONError) in
            let start = wire.count
            let number = try readUnknownField(&reader)
            note(number, from: start, &progress)
        }
    }

    private func checkComplete(
        _ schema: MessageSchema, _ progress: Progress, _ reader: JSONReader
    ) throws(ImageJSONError) {
        for index in schema.fields.indices
        where schema.fields[index].label == PROTOBUF_C_LABEL_REQUIRED && progress.seen & 1 << UInt64(index) == 0 {
            throw reader.error("\(schema.name) lacks its field \(schema.fields[index].nameText)")
        }
    }

    private mutating func sortFields(from start: Int, _ pieces: ArraySlice<(number: UInt32, range: Range<Int>)>) {
        let sorted = pieces.enumerated().sorted {
            ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
        }
        wire.reorder(from: start, sorted.map(\.element.range))
    }

    /// Notes where a field's bytes are.
    private mutating func note(_ number: UInt32, from start: Int, _ progress: inout Progress) {
        if number < progress.lastNumber { progress.isSorted = false }
        progress.lastNumber = number
        pieces.append((number, start..<wire.count))
    }

    private mutating func readArray(
        _ field: FieldSchema, _ reader: inout JSONReader, _ depth: Int
    ) throws(ImageJSONError) {
        let byteOrder = byteOrder
        try reader.forEachElement { reader throws(ImageJSONError) in
            if field.display == .ipAddress, reader.peek() == 0x22 {
                try readAddress(field, &reader, byteOrder)
            } else {
                try readValue(field, &reader, depth)
            }
        }
    }

    private mutating func readAddress(
        _ field: FieldSchema, _ reader: inout JSONReader, _ byteOrder: ByteOrder
    ) throws(ImageJSONError) {
        let text = try reader.stringText()
        guard let words = IPAddressText.words(of: text) else { throw reader.error("\(text) is no IP address") }
        for word in words {
            wire.append(tag: field.number, .varint)
            wire.append(varint: UInt64(byteOrder == .little ? word.byteSwapped : word))
        }
    }

    private mutating func readValue(
        _ field: FieldSchema, _ reader: inout JSONReader, _ depth: Int
    ) throws(ImageJSONError) {
        wire.append(tag: field.number, field.wireType)
        switch field.type {
        case PROTOBUF_C_TYPE_MESSAGE:
            guard let type = field.message else { throw reader.error("\(field.nameText) has no type") }
            let start = wire.count
            try readMessage(type.schema, &reader, depth: depth + 1)
            wire.insertLength(at: start)
        case PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_STRING:
            let bytes = try readBytes(field, &reader)
            wire.append(varint: UInt64(bytes.count))
            wire.append(bytes)
        case PROTOBUF_C_TYPE_BOOL: wire.append(varint: try reader.bool() ? 1 : 0)
        case PROTOBUF_C_TYPE_ENUM: try append(readEnum(field, &reader), field, reader)
        default: try append(readNumber(field, &reader), field, reader)
        }
    }

    private func readBytes(_ field: FieldSchema, _ reader: inout JSONReader) throws(ImageJSONError) -> [UInt8] {
        if field.isText { return try reader.stringBytes() }
        if field.display == .quotedPrintable { return QuotedPrintable.decode(try reader.stringBytes()) }
        var bytes: [UInt8] = []
        try reader.base64 { piece, _ in bytes.append(contentsOf: piece) }
        return bytes
    }
}

extension MessageSchema {
    /// Reads the key of the first field from a place on that is next in the text, and returns the field's place.
    func takeKey(from expected: Int, _ reader: inout JSONReader) -> Int? {
        guard reader.peek() == 0x22 else { return nil }
        for index in expected..<max(fields.count, expected) where reader.take(fields[index].key) { return index }
        return nil
    }

    /// The place of the field with a name; nil if there is none. Linear in the number of fields.
    func index(of name: UnsafeRawBufferPointer) -> Int? {
        fields.firstIndex { $0.name.count == name.count && $0.name.elementsEqual(name) }
    }
}
