internal import EvidenceText

/// What stands at the top of an image's JSON.
struct ImageOutline {
    /// The kind of image, once the key `magic` is read.
    private(set) var kind: ImageKind?
    /// Whether the image lacks the lead word or size that its kind has today.
    private(set) var isOldForm = false
    /// Where the array of entries begins, once it is found.
    private(set) var entriesOffset: Int?

    /// Reads the object at the top.
    ///
    /// - Parameters:
    ///   - reader: The text.
    ///   - entries: Called where the array of entries begins; returns whether it has read it. If not, it is passed over.
    mutating func read(
        _ reader: inout JSONReader,
        entries: (inout JSONReader, ImageOutline) throws(ImageJSONError) -> Bool
    ) throws(ImageJSONError) {
        try reader.forEachMember { (reader, key) throws(ImageJSONError) in
            switch String(decoding: key, as: UTF8.self) {
            case "magic" where kind == nil: kind = try ImageOutline.kind(&reader)
            case "framing" where !isOldForm: isOldForm = try isOld(&reader)
            case "entries" where entriesOffset == nil:
                guard reader.peek() == 0x5B else { throw reader.error("expected '[' and the entries") }
                entriesOffset = reader.offset
                if try !entries(&reader, self) { try reader.skipValue() }
            case "magic", "framing", "entries": throw reader.error("a key of the image occurs twice")
            default: throw reader.error("an image has the keys magic, framing and entries only")
            }
        }
        guard reader.peek() == nil else { throw reader.error("text after the image") }
    }

    private static func kind(_ reader: inout JSONReader) throws(ImageJSONError) -> ImageKind {
        let name = try reader.stringText()
        guard let kind = ImageKind(name: name), kind.lead != .raw else {
            throw reader.error("no kind of image is called \(name)")
        }
        return kind
    }

    private func isOld(_ reader: inout JSONReader) throws(ImageJSONError) -> Bool {
        let word = try reader.stringText()
        guard word == "old" else { throw reader.error("unknown framing \(word)") }
        // The entries have been written by then, unless their kind was not known either.
        guard kind == nil || entriesOffset == nil else { throw reader.error("framing stands behind the entries") }
        return true
    }

    /// The byte order of the machine that a core image is of; little-endian for other images.
    ///
    /// - Parameter start: The text, where the array of entries begins.
    func byteOrder(from start: JSONReader) throws(ImageJSONError) -> ByteOrder {
        guard kind == .core else { return .little }
        var order = ByteOrder.little
        var reader = start
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
