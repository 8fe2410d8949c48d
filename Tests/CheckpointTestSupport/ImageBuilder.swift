public import CRIUImages

/// Writes an image by hand: its words, then entries and whatever a test wants between them.
public struct ImageBuilder: Sendable {
    /// The bytes so far.
    public private(set) var bytes: [UInt8] = []
    /// The order of bytes in the words.
    public let byteOrder: ByteOrder

    /// Begins without any words.
    public init(byteOrder: ByteOrder = .little) {
        self.byteOrder = byteOrder
    }

    /// Begins with the words of a kind.
    ///
    /// - Parameters:
    ///   - kind: The kind of image.
    ///   - byteOrder: The order of bytes in the words.
    ///   - hasLead: Whether the lead word is written that images have since version 1.1.
    public init(_ kind: ImageKind, byteOrder: ByteOrder = .little, hasLead: Bool = true) {
        self.byteOrder = byteOrder
        if hasLead && kind.lead == .common { append(word: ImageHeader.commonLead) }
        if hasLead && kind.lead == .service { append(word: ImageHeader.serviceLead) }
        if kind.magic != 0 { append(word: kind.magic) }
    }

    /// Appends bytes as they are.
    public mutating func append(_ more: [UInt8]) {
        bytes += more
    }

    /// Appends a word of 32 bits.
    public mutating func append(word: UInt32) {
        let stored = byteOrder == .little ? word.littleEndian : word.bigEndian
        withUnsafeBytes(of: stored) { bytes += $0 }
    }

    /// Appends a word of 16 bits.
    public mutating func append(halfWord: UInt16) {
        let stored = byteOrder == .little ? halfWord.littleEndian : halfWord.bigEndian
        withUnsafeBytes(of: stored) { bytes += $0 }
    }

    /// Appends a size word and a message.
    public mutating func append(_ message: MessageBuilder) {
        append(word: UInt32(message.bytes.count))
        append(message.bytes)
    }

    /// The image with one more entry and what follows it.
    public func entry(_ message: MessageBuilder, payload: [UInt8] = []) -> ImageBuilder {
        var longer = self
        longer.append(message)
        longer.append(payload)
        return longer
    }

    /// The image with more bytes, right or wrong.
    public func raw(_ more: [UInt8]) -> ImageBuilder {
        var longer = self
        longer.append(more)
        return longer
    }

    /// The image, opened under a name that decides nothing.
    public func open(name: String = "image") throws(ImageError) -> ImageFile {
        try ImageFile(ImageBytes(bytes), name: name)
    }
}
