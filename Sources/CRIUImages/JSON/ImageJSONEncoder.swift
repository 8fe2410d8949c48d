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
            var outline = ImageOutline()
            var reader = JSONReader(bytes)
            var isWritten = false
            try outline.read(&reader) { (reader, outline) throws(ImageJSONError) in
                guard outline.kind != nil else { return false }
                try writeEntries(outline, bytes, to: out, &reader)
                isWritten = true
                return true
            }
            guard let entries = outline.entriesOffset, outline.kind != nil else {
                throw reader.error("an image needs the keys magic and entries")
            }
            if isWritten { return }
            var rewound = JSONReader(bytes, at: entries)
            try writeEntries(outline, bytes, to: out, &rewound)
        }
    }

    private func writeEntries(
        _ outline: ImageOutline, _ bytes: UnsafeRawBufferPointer, to out: OutputBuffer, _ reader: inout JSONReader
    ) throws(ImageJSONError) {
        let order = if let givenOrder { givenOrder } else { try outline.byteOrder(from: reader) }
        var encoder = ImageEntryEncoder(outline, out, text, byteOrder: order)
        try encoder.write(bytes, &reader)
    }
}
