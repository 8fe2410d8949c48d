extension JSONReader {
    /// Reads a string of base64, handing out the bytes a piece at a time. White space in it is passed over.
    mutating func base64(_ body: (UnsafeRawBufferPointer) -> Void) throws(ImageJSONError) {
        var decoder = Base64Decoder()
        let start = self
        try string { piece throws(ImageJSONError) in
            guard decoder.decode(piece, body) else { throw start.error("bytes are not base64") }
        }
        guard decoder.isComplete else { throw start.error("base64 is cut off") }
    }
}

/// Decodes base64 that comes in pieces.
struct Base64Decoder {
    private var bits: UInt32 = 0
    private var letters = 0
    private var padding = 0

    /// Whether the text may end here.
    var isComplete: Bool { letters == 0 }

    /// Decodes a piece; false if a letter is not of the alphabet.
    mutating func decode(_ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: piece.count + 3, alignment: 4) { bytes in
            var count = 0
            for letter in piece {
                if letter == 0x0A || letter == 0x0D || letter == 0x20 { continue }
                if letter == 0x3D {
                    padding += 1
                    bits <<= 6
                } else {
                    guard padding == 0, let value = Base64.value(of: letter) else { return false }
                    bits = bits << 6 | UInt32(value)
                }
                letters += 1
                if letters == 4 {
                    guard let written = finishGroup(bytes, count) else { return false }
                    count += written
                }
            }
            body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]))
            return true
        }
    }

    /// Writes the bytes of four letters and returns how many they are; nil for too many signs of padding.
    private mutating func finishGroup(_ bytes: UnsafeMutableRawBufferPointer, _ count: Int) -> Int? {
        guard padding < 3 else { return nil }
        bytes[count] = UInt8(truncatingIfNeeded: bits >> 16)
        bytes[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
        bytes[count + 2] = UInt8(truncatingIfNeeded: bits)
        defer { (bits, letters, padding) = (0, 0, 0) }
        return 3 - padding
    }
}
