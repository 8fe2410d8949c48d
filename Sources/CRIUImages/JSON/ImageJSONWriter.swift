internal import EvidenceText

/// Writes one image as JSON.
struct ImageJSONWriter: ~Copyable {
    private let image: ImageFile
    private let options: ImageJSONOptions
    private var writer: MessageJSONWriter
    private let decoder = MessageDecoder()
    /// What of the image is still in memory.
    private var window: ReleaseWindow
    /// How many entries are written.
    private(set) var count = 0

    init(_ image: ImageFile, _ out: OutputBuffer, _ options: ImageJSONOptions) {
        self.image = image
        self.options = options
        self.window = ReleaseWindow(image.bytes, from: 0)
        self.writer = MessageJSONWriter(out, isPretty: options.isPretty, byteOrder: image.header.byteOrder)
    }

    private var out: OutputBuffer { writer.out }

    mutating func begin() {
        writer.layout.open(0x7B)
        writer.layout.member("magic")
        out.append(jsonString: image.kind.name)
        if image.header.isOldForm {
            writer.layout.member("framing")
            out.append("\"old\"")
        }
        writer.layout.member("entries")
        writer.layout.open(0x5B)
    }

    mutating func end() {
        writer.layout.close(0x5D)
        writer.layout.close(0x7D)
    }

    mutating func writeEntries() throws(ImageError) {
        if let batches = EntryBatches(image) {
            let (written, damage) = batches.write(continuing: writer)
            count = written
            if written > 0 { writer.layout.noteMembers() }
            if let damage { throw damage }
            return
        }
        var cursor = image.entries()
        while !out.hasFailed, try cursor.next() {
            writer.layout.member()
            writer.layout.open(0x7B)
            cursor.withMessage { message in
                writer.writeFields(of: message.base, message.type.schema)
            }
            writePayload(cursor.payload)
            writer.layout.close(0x7D)
            count += 1
            window.advance(to: cursor.offset)
        }
    }

    private mutating func writePayload(_ payload: Payload) {
        if payload == .none { return }
        guard options.showsPayload else { return writeSize(of: payload) }
        writer.layout.member("extra")
        switch payload {
        case .none: break
        case .bytes(let range, let padding):
            writeBase64(range)
            writePadding(padding)
        case .tcpQueues(let received, let sent): writeQueues(received, sent)
        case .semaphores(let range, let padding):
            writeSemaphores(range)
            writePadding(padding)
        case .messages(let messages): writeMessages(messages)
        }
    }

    /// Writes a size in place of a payload. Deleted files have none, as in CRIU's tool: their message tells enough.
    private mutating func writeSize(of payload: Payload) {
        guard image.kind != .ghostFile else { return }
        writer.layout.member("extra")
        out.append("\"... <")
        out.append(string: sizeText(payload.contentCount))
        out.append(">\"")
    }

    private mutating func writeQueues(_ received: Range<Int>, _ sent: Range<Int>) {
        writer.layout.open(0x7B)
        writer.layout.member("inq")
        writeBase64(received)
        writer.layout.member("outq")
        writeBase64(sent)
        writer.layout.close(0x7D)
    }

    private mutating func writeSemaphores(_ range: Range<Int>) {
        writer.layout.open(0x5B)
        for offset in stride(from: range.lowerBound, to: range.upperBound, by: 2) {
            writer.layout.member()
            let value = image.bytes.withUnsafeBytes { $0.halfWord(at: offset, image.header.byteOrder) }
            out.append(decimal: UInt64(value))
        }
        writer.layout.close(0x5D)
    }

    private mutating func writeMessages(_ messages: [Payload.QueuedMessage]) {
        writer.layout.open(0x5B)
        for message in messages {
            writer.layout.member()
            writer.layout.open(0x7B)
            writeDescription(message.header)
            writePadding(message.padding)
            writer.layout.close(0x7D)
            writer.layout.member()
            writeBase64(message.text)
        }
        writer.layout.close(0x5D)
    }

    /// Writes the fields of a queued message, in the plain form even if the rest is pretty, as CRIU's tool does.
    private mutating func writeDescription(_ range: Range<Int>) {
        decoder.prepare(forEntryOf: range.count)
        image.bytes.withUnsafeBytes { bytes in
            let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
            // The cursor has decoded the same bytes to find the length of the message.
            guard let message = try? decoder.decode(.ipcMsg, raw, at: range.lowerBound) else { return }
            writer.writeFields(of: message, MessageType.ipcMsg.schema)
        }
    }

    private mutating func writePadding(_ range: Range<Int>) {
        guard image.bytes.withUnsafeBytes({ $0[range].contains { $0 != 0 } }) else { return }
        writer.layout.member("padding")
        writeBase64(range)
    }

    private func writeBase64(_ range: Range<Int>) {
        out.append(0x22)
        // A whole number of lines at a time.
        let step = ReleaseWindow.size / 57 * 57
        var start = range.lowerBound
        while start < range.upperBound, !out.hasFailed {
            let end = min(start + step, range.upperBound)
            image.bytes.withUnsafeBytes { Base64.append(UnsafeRawBufferPointer(rebasing: $0[start..<end]), to: out) }
            if range.count > step { image.bytes.release(start..<end) }
            start = end
        }
        out.append(0x22)
    }
}

/// A size as CRIU's tool shows it: a whole number or one decimal, with a binary prefix.
private func sizeText(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["", "K", "M", "G", "T", "P", "E"] {
        if value < 1024 {
            let isWhole = value == value.rounded(.down)
            return isWhole ? "\(Int(value))\(unit)B" : oneDecimal(value) + unit + "B"
        }
        value /= 1024
    }
    return "\(count)B"
}

private func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded(.toNearestOrEven))
    return "\(tenths / 10).\(tenths % 10)"
}
