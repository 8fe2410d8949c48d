/// Steps through the entries of an image. Memory stays flat: one arena holds the current entry.
public struct EntryCursor: ~Copyable {
    /// The image that is read.
    public let image: ImageFile
    /// The current entry's place in the image, counted from 0; -1 before the first.
    public private(set) var index: Int
    /// The offset of the current entry's size word.
    public private(set) var offset: Int
    /// The bytes of the current entry's message.
    public private(set) var messageRange: Range<Int>
    /// What follows the current entry's message.
    public private(set) var payload = Payload.none

    /// The offset behind the current entry with its payload, where the next one begins.
    public private(set) var position: Int
    private var hasFailed = false
    private let decoder = MessageDecoder()
    private var message: UnsafeRawPointer?
    private var type = MessageType.inventoryEntry

    /// A cursor before the first entry, or before a later one whose place is known.
    init(_ image: ImageFile, at place: EntryPlace? = nil) {
        self.image = image
        self.index = (place?.index ?? 0) - 1
        self.position = place?.offset ?? image.header.entriesOffset
        self.offset = position
        self.messageRange = position..<position
    }

    /// Goes before an entry whose place is known.
    public mutating func move(to place: EntryPlace) {
        index = place.index - 1
        (position, offset) = (place.offset, place.offset)
        message = nil
        hasFailed = false
    }

    /// Moves to the next entry.
    ///
    /// - Returns: Whether there is one.
    /// - Throws: ``ImageError`` at the first damage; after it there are no more entries, since nothing tells where the
    ///   next one would begin.
    public mutating func next() throws(ImageError) -> Bool {
        guard !hasFailed, position < image.bytes.count || isBareEmpty else { return false }
        index += 1
        offset = position
        message = nil
        do {
            try readEntry()
        } catch {
            hasFailed = true
            throw ImageError(
                error.code, error.detail, image: image.name, kind: image.kind, entry: index, at: error.offset)
        }
        return true
    }

    /// A bare message without any field has no bytes, and is still an entry.
    private var isBareEmpty: Bool { image.kind.lead == .sizeAlone && index < 0 }

    /// Calls a function with the current entry's message, which is valid only during the call.
    ///
    /// - Precondition: The last ``next()`` returned true.
    public func withMessage<Result, Failure: Error>(
        _ body: (borrowing MessageView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let message else { preconditionFailure("there is no current entry") }
        return try body(MessageView(type: type, base: message))
    }

    private mutating func readEntry() throws(MessageDamage) {
        guard let type = image.kind.message(ofEntry: index) else {
            throw MessageDamage(code: .notFramed, detail: "images of this kind have no entries", offset: offset)
        }
        self.type = type
        (messageRange, message, payload) = try image.bytes.withUnsafeBytes { bytes throws(MessageDamage) in
            let range = try frame(bytes)
            decoder.prepare(forEntryOf: range.count)
            let raw = UnsafeRawBufferPointer(rebasing: bytes[range])
            let message = try decoder.decode(type, raw, at: range.lowerBound)
            var parser = PayloadParser(bytes, byteOrder: image.header.byteOrder, at: range.upperBound)
            let view = MessageView(type: type, base: message)
            let payload = try parser.parse(image.kind.payload, of: view)
            position = parser.offset
            return (range, message, payload)
        }
    }

    /// The bytes of the message that begins at the position.
    private func frame(_ bytes: UnsafeRawBufferPointer) throws(MessageDamage) -> Range<Int> {
        if image.kind.lead == .sizeAlone { return offset..<bytes.count }
        let left = bytes.count - offset
        guard left >= 4 else {
            throw MessageDamage(code: .truncatedSize, detail: "the file ends inside a size word", offset: offset)
        }
        let size = bytes.word(at: offset, image.header.byteOrder)
        guard size < 1 << 31, Int(size) <= left - 4 else {
            let detail = "an entry of \(size) bytes, but only \(left - 4) bytes are left"
            throw MessageDamage(code: .sizeBeyondEnd, detail: detail, offset: offset)
        }
        return (offset + 4)..<(offset + 4 + Int(size))
    }
}
