internal import EvidenceText

/// Writes the words and entries of an image from its JSON.
struct ImageEntryEncoder: ~Copyable {
    private let kind: ImageKind
    private let isOldForm: Bool
    private let out: OutputBuffer
    private let source: ImageBytes
    private let byteOrder: ByteOrder
    private var messages: MessageJSONReader
    private let decoder = MessageDecoder()
    private var index = 0
    /// What of the text is still in memory.
    private var window: ReleaseWindow

    init(_ outline: ImageOutline, _ out: OutputBuffer, _ source: ImageBytes, byteOrder: ByteOrder) {
        self.kind = outline.kind ?? .inventory
        self.isOldForm = outline.isOldForm
        self.out = out
        self.source = source
        self.window = ReleaseWindow(source, from: 0)
        self.byteOrder = byteOrder
        self.messages = MessageJSONReader(byteOrder: byteOrder)
    }

    /// Where the parts of an entry that are not its message begin in the text.
    private struct Extras {
        var extra: Int?
        var padding: Int?
    }

    /// Writes the words at the beginning, then the entries of the array that is next in the text.
    mutating func write(_ text: UnsafeRawBufferPointer, _ reader: inout JSONReader) throws(ImageJSONError) {
        writeWords()
        do {
            try reader.forEachElement { reader throws(ImageJSONError) in
                try writeEntry(text, &reader)
                index += 1
                window.advance(to: reader.offset)
            }
        } catch {
            throw ImageJSONError(error.detail, at: error.offset, entry: index)
        }
        if kind.lead == .sizeAlone && index != 1 {
            throw ImageJSONError("an image of this kind has one entry", at: reader.offset)
        }
    }

    private func writeWords() {
        if kind.lead == .sizeAlone { return }
        if !isOldForm && kind.lead != .magicAlone {
            write(word: kind.lead == .service ? ImageHeader.serviceLead : ImageHeader.commonLead)
        }
        write(word: kind.magic)
    }

    func write(word: UInt32) {
        let stored = byteOrder == .little ? word.littleEndian : word.bigEndian
        withUnsafeBytes(of: stored) { out.append(bytes: $0) }
    }

    private mutating func writeEntry(
        _ text: UnsafeRawBufferPointer, _ reader: inout JSONReader
    ) throws(ImageJSONError) {
        guard let type = kind.message(ofEntry: index) else { throw reader.error("an image without entries") }
        var extras = Extras()
        let source = source
        messages.wire.removeAll()
        try messages.readMessage(type.schema, &reader) { (reader, key) throws(ImageJSONError) in
            _ = reader.peek()
            switch String(decoding: key, as: UTF8.self) {
            case "extra" where extras.extra == nil: extras.extra = reader.offset
            case "padding" where extras.padding == nil: extras.padding = reader.offset
            case "extra", "padding": throw reader.error("the key extra or padding occurs twice")
            default: return false
            }
            try reader.skipValue(releasing: source)
            return true
        }
        try writeMessage(reader)
        try writePayload(of: type, extras, text, reader)
    }

    private mutating func writeMessage(_ reader: JSONReader) throws(ImageJSONError) {
        let count = messages.wire.count
        guard count < 1 << 31 else { throw reader.error("an entry of 2 GiB and more") }
        if kind.lead != .sizeAlone {
            write(word: UInt32(count))
        } else if !isOldForm {
            let size = UInt64(count)
            withUnsafeBytes(of: byteOrder == .little ? size.littleEndian : size.bigEndian) { out.append(bytes: $0) }
        }
        out.append(messages.wire.bytes)
    }

    // MARK: Payloads

    private mutating func writePayload(
        of type: MessageType, _ extras: Extras, _ text: UnsafeRawBufferPointer, _ reader: JSONReader
    ) throws(ImageJSONError) {
        let plan = try plan(of: type, reader)
        if extras.padding != nil, plan.paddingUnit == 1 || extras.extra == nil {
            throw reader.error("the entry has no filler, but a key padding")
        }
        guard let extra = extras.extra else {
            if plan.isNeeded { throw reader.error("the entry lacks its payload under the key extra") }
            return
        }
        var payload = JSONReader(text, at: extra)
        let count = try writePayload(plan.form, &payload)
        if let expected = plan.count { try payload.check(count, against: expected) }
        let padding = extras.padding.map { JSONReader(text, at: $0) }
        if plan.paddingUnit > 1 { try writePadding(after: plan.byteCount, to: plan.paddingUnit, padding) }
    }

    /// Writes a payload and returns how many bytes, values or messages it has.
    private mutating func writePayload(
        _ form: PayloadPlan.Form, _ payload: inout JSONReader
    ) throws(ImageJSONError) -> UInt64 {
        switch form {
        case .none: throw payload.error("the entry has no payload, but a key extra")
        case .bytes: try writeBase64(&payload)
        case .queues(let received, let sent): try writeQueues(&payload, received, sent)
        case .semaphores: try writeSemaphores(&payload)
        case .messages: try writeMessages(&payload)
        }
    }

    private mutating func plan(of type: MessageType, _ reader: JSONReader) throws(ImageJSONError) -> PayloadPlan {
        guard kind.payload != .none else { return PayloadPlan() }
        decoder.prepare(forEntryOf: messages.wire.count)
        let plan = messages.wire.bytes.withUnsafeBytes { bytes -> PayloadPlan? in
            guard let message = try? decoder.decode(type, bytes, at: 0) else { return nil }
            return PayloadPlan(kind.payload, MessageView(type: type, base: message))
        }
        guard let plan else { throw reader.error("the entry's message cannot be read back") }
        return plan
    }

    private func writeBase64(_ reader: inout JSONReader) throws(ImageJSONError) -> UInt64 {
        var count: UInt64 = 0
        var window = ReleaseWindow(source, from: reader.offset)
        try reader.base64 { piece, offset in
            out.append(bytes: piece)
            count += UInt64(piece.count)
            window.advance(to: offset)
        }
        return count
    }

    private func writeQueues(
        _ reader: inout JSONReader, _ receivedCount: UInt64, _ sentCount: UInt64
    ) throws(ImageJSONError) -> UInt64 {
        var starts: [String: JSONReader] = [:]
        try reader.forEachMember { (reader, key) throws(ImageJSONError) in
            let name = String(decoding: key, as: UTF8.self)
            guard name == "inq" || name == "outq" else { throw reader.error("queues have the keys inq and outq only") }
            guard starts.updateValue(reader, forKey: name) == nil else {
                throw reader.error("the key \(name) occurs twice")
            }
            try reader.skipValue()
        }
        guard var received = starts["inq"], var sent = starts["outq"] else {
            throw reader.error("inq or outq is missing")
        }
        let counts = (try writeBase64(&received), try writeBase64(&sent))
        try received.check(counts.0, against: receivedCount)
        try sent.check(counts.1, against: sentCount)
        return receivedCount + sentCount
    }

    private func writeSemaphores(_ reader: inout JSONReader) throws(ImageJSONError) -> UInt64 {
        var count: UInt64 = 0
        try reader.forEachElement { reader throws(ImageJSONError) in
            let (magnitude, isNegative) = try reader.integer()
            guard !isNegative, let value = UInt16(exactly: magnitude) else {
                throw reader.error("a semaphore's value has 16 bits")
            }
            withUnsafeBytes(of: byteOrder == .little ? value.littleEndian : value.bigEndian) { out.append(bytes: $0) }
            count += 1
        }
        return count
    }

    /// Writes a flat list of descriptions and texts and returns the number of messages.
    private mutating func writeMessages(_ reader: inout JSONReader) throws(ImageJSONError) -> UInt64 {
        var count: UInt64 = 0
        var pending: (size: UInt64, padding: JSONReader?)?
        try reader.forEachElement { reader throws(ImageJSONError) in
            if let (size, padding) = pending {
                guard try writeBase64(&reader) == size else {
                    throw reader.error("a message's text is not msize bytes")
                }
                try writePadding(after: size, to: 8, padding)
                pending = nil
                count += 1
            } else {
                pending = try writeDescription(&reader)
            }
        }
        guard pending == nil else { throw reader.error("a message lacks its text") }
        return count
    }

    private mutating func writeDescription(
        _ reader: inout JSONReader
    ) throws(ImageJSONError) -> (size: UInt64, padding: JSONReader?) {
        var padding: JSONReader?
        messages.wire.removeAll()
        try messages.readMessage(MessageType.ipcMsg.schema, &reader) { (reader, key) throws(ImageJSONError) in
            guard key.elementsEqual("padding".utf8) else { return false }
            guard padding == nil else { throw reader.error("the key padding occurs twice") }
            padding = reader
            try reader.skipValue()
            return true
        }
        decoder.prepare(forEntryOf: messages.wire.count)
        let size = messages.wire.bytes.withUnsafeBytes { bytes -> UInt64? in
            guard let message = try? decoder.decode(.ipcMsg, bytes, at: 0) else { return nil }
            return UInt64(IpcMsg(parsing: MessageView(type: .ipcMsg, base: message)).msize)
        }
        guard let size else { throw reader.error("a message's description cannot be read back") }
        write(word: UInt32(messages.wire.count))
        out.append(messages.wire.bytes)
        return (size, padding)
    }

    private func writePadding(after count: UInt64, to unit: UInt64, _ given: JSONReader?) throws(ImageJSONError) {
        let needed = (unit - count % unit) % unit
        guard var given else {
            for _ in 0..<needed { out.append(0) }
            return
        }
        guard try writeBase64(&given) == needed else { throw given.error("padding is not \(needed) bytes") }
    }
}

extension JSONReader {
    /// Checks the size of a payload against what the entry's message says.
    fileprivate func check(_ count: UInt64, against expected: UInt64) throws(ImageJSONError) {
        guard count == expected else { throw error("a payload of \(count), but the entry says \(expected)") }
    }
}
