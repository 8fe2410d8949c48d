public import EvidenceText

/// Makes an image file of JSON, plain or pretty, as ``ImageFile/writeJSON(to:_:)`` and CRIU's own tool write it.
public struct ImageJSONEncoder: Sendable {
    private let text: ImageBytes
    private let givenOrder: ByteOrder?

    /// Prepares to read JSON.
    ///
    /// - Parameters:
    ///   - text: The JSON text.
    ///   - byteOrder: The order of bytes in the image's words; nil for that of the machine that a `CORE` image names,
    ///     little-endian for all other images.
    public init(_ text: ImageBytes, byteOrder: ByteOrder? = nil) {
        self.text = text
        self.givenOrder = byteOrder
    }

    /// Writes the image, entry by entry; memory stays flat whatever the size of the text.
    ///
    /// - Throws: ``ImageJSONError`` at the first fault, after the entries before it are written.
    public func write(to out: OutputBuffer) throws(ImageJSONError) {
        try text.withUnsafeBytes { bytes throws(ImageJSONError) in
            let outline = try ImageOutline(parsing: JSONReader(bytes))
            let order = if let givenOrder { givenOrder } else { try outline.byteOrder(in: bytes) }
            var writer = ImageEntryEncoder(outline, out, text, byteOrder: order)
            try writer.write(bytes)
        }
    }
}

/// What stands at the top of an image's JSON.
struct ImageOutline {
    private(set) var kind = ImageKind.inventory
    private(set) var isOldForm = false
    /// Where the array of entries begins.
    private(set) var entriesOffset = 0

    init(parsing start: JSONReader) throws(ImageJSONError) {
        var reader = start
        var kindName: String?
        var entries: Int?
        try reader.forEachMember { (reader, key) throws(ImageJSONError) in
            switch String(decoding: key, as: UTF8.self) {
            case "magic": kindName = try reader.stringText()
            case "framing": isOldForm = try ImageOutline.isOld(&reader)
            case "entries":
                _ = reader.peek()
                entries = reader.offset
                try reader.skipValue()
            default: throw reader.error("an image has the keys magic and entries only")
            }
        }
        guard reader.peek() == nil else { throw reader.error("text after the image") }
        guard let kindName, let entries else { throw reader.error("an image needs the keys magic and entries") }
        guard let kind = ImageKind(name: kindName), kind.lead != .raw else {
            throw reader.error("no kind of image is called \(kindName)")
        }
        self.kind = kind
        self.entriesOffset = entries
    }

    private static func isOld(_ reader: inout JSONReader) throws(ImageJSONError) -> Bool {
        let word = try reader.stringText()
        guard word == "old" else { throw reader.error("unknown framing \(word)") }
        return true
    }

    /// The byte order of the machine that a core image is of.
    func byteOrder(in text: UnsafeRawBufferPointer) throws(ImageJSONError) -> ByteOrder {
        guard kind == .core else { return .little }
        var order = ByteOrder.little
        var reader = JSONReader(text, at: entriesOffset)
        try reader.forEachElement { reader throws(ImageJSONError) in
            try reader.forEachMember { (reader, key) throws(ImageJSONError) in
                if key.elementsEqual("mtype".utf8), reader.peek() == 0x22 {
                    if try reader.stringText() == "S390" { order = .big }
                } else {
                    try reader.skipValue()
                }
            }
        }
        return order
    }
}
