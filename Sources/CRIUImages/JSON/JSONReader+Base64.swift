extension JSONReader {
    /// Reads a string of base64. White space in it is passed over.
    ///
    /// - Parameter body: Gets the bytes, a piece at a time, and the offset in the text up to which it is read.
    mutating func base64(_ body: (UnsafeRawBufferPointer, _ offset: Int) -> Void) throws(ImageJSONError) {
        var decoder = Base64Decoder()
        _ = peek()
        let start = self
        try string { piece, offset throws(ImageJSONError) in
            guard decoder.decode(piece, { body($0, offset) }) else { throw start.error("bytes are not base64") }
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
            var index = 0
            while index < piece.count {
                if letters == 0, let group = Base64Decoder.group(piece, at: index) {
                    bytes[count] = UInt8(truncatingIfNeeded: group >> 16)
                    bytes[count + 1] = UInt8(truncatingIfNeeded: group >> 8)
                    bytes[count + 2] = UInt8(truncatingIfNeeded: group)
                    count += 3
                    index += 4
                } else {
                    guard let written = take(piece[index], bytes, count) else { return false }
                    count += written
                    index += 1
                }
            }
            body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]))
            return true
        }
    }

    /// The 24 bits of the four letters at an offset, or nil if four of the alphabet are not there.
    private static func group(_ piece: UnsafeRawBufferPointer, at index: Int) -> UInt32? {
        guard piece.count - index >= 4 else { return nil }
        let first = Base64.values[Int(piece[index])]
        let second = Base64.values[Int(piece[index + 1])]
        let third = Base64.values[Int(piece[index + 2])]
        let fourth = Base64.values[Int(piece[index + 3])]
        guard (first | second | third | fourth) < 64 else { return nil }
        return UInt32(first) << 18 | UInt32(second) << 12 | UInt32(third) << 6 | UInt32(fourth)
    }

    /// Takes one letter, and returns how many bytes it completed; nil if it cannot stand here.
    private mutating func take(_ letter: UInt8, _ bytes: UnsafeMutableRawBufferPointer, _ count: Int) -> Int? {
        if letter == 0x0A || letter == 0x0D || letter == 0x20 { return 0 }
        let value = Base64.values[Int(letter)]
        if letter == 0x3D {
            padding += 1
        } else if value > 63 || padding > 0 {
            return nil
        }
        bits = bits << 6 | UInt32(value & 63)
        letters += 1
        return letters == 4 ? finishGroup(bytes, count) : 0
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
