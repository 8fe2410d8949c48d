internal import EvidenceText

extension JSONReader {
    /// Reads a string, a piece at a time: bytes between escapes as they stand, escapes as UTF-8.
    ///
    /// The lone surrogates U+DC80 to U+DCFF become the single bytes that they stand for.
    ///
    /// - Parameter piece: Gets each piece, and the offset in the text up to which it is read.
    mutating func string(
        _ piece: (UnsafeRawBufferPointer, _ offset: Int) throws(ImageJSONError) -> Void
    ) throws(ImageJSONError) {
        try expect(0x22)
        let limit = 1 << 16
        while true {
            let plain = takePlain(limit: limit)
            if !plain.isEmpty { try piece(plain, offset) }
            if plain.count == limit { continue }
            guard let byte = takeByte() else { throw error("a string is not ended") }
            if byte == 0x22 { return }
            guard byte == 0x5C else { throw error("a control character in a string") }
            try withEscapeBytes(piece)
        }
    }

    /// Reads a string as bytes.
    mutating func stringBytes() throws(ImageJSONError) -> [UInt8] {
        var bytes: [UInt8] = []
        try string { piece, _ throws(ImageJSONError) in bytes.append(contentsOf: piece) }
        return bytes
    }

    /// Reads a string as text.
    mutating func stringText() throws(ImageJSONError) -> String {
        String(decoding: try stringBytes(), as: UTF8.self)
    }

    private mutating func withEscapeBytes(
        _ piece: (UnsafeRawBufferPointer, Int) throws(ImageJSONError) -> Void
    ) throws(ImageJSONError) {
        let bytes = try escape()
        let word = bytes.value.bigEndian
        // The bytes stand at the end of the word.
        let tail = MemoryLayout<UInt32>.size - bytes.count
        try withUnsafeBytes(of: word) { raw throws(ImageJSONError) in
            try piece(UnsafeRawBufferPointer(rebasing: raw[tail...]), offset)
        }
    }

    /// Reads an escape after its backslash: up to four bytes, the last of them lowest in the word.
    private mutating func escape() throws(ImageJSONError) -> (value: UInt32, count: Int) {
        switch takeByte() {
        case 0x22: return (0x22, 1)
        case 0x5C: return (0x5C, 1)
        case 0x2F: return (0x2F, 1)
        case 0x62: return (0x08, 1)
        case 0x66: return (0x0C, 1)
        case 0x6E: return (0x0A, 1)
        case 0x72: return (0x0D, 1)
        case 0x74: return (0x09, 1)
        case 0x75: return try unicodeEscape()
        default: throw error("an unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(ImageJSONError) -> (value: UInt32, count: Int) {
        let first = try hexadecimalUnit()
        if (0xDC80...0xDCFF).contains(first) { return (first & 0xFF, 1) }
        guard (0xD800...0xDFFF).contains(first) else { return utf8(first) }
        guard first < 0xDC00, takeByte() == 0x5C, takeByte() == 0x75 else { throw error("half of a surrogate pair") }
        let second = try hexadecimalUnit()
        guard (0xDC00...0xDFFF).contains(second) else { throw error("half of a surrogate pair") }
        return utf8(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
    }

    private func utf8(_ scalar: UInt32) -> (value: UInt32, count: Int) {
        switch scalar {
        case ..<0x80: return (scalar, 1)
        case ..<0x800: return (0xC080 | scalar << 2 & 0x1F00 | scalar & 0x3F, 2)
        case ..<0x10000: return (0xE0_8080 | scalar << 4 & 0xF_0000 | scalar << 2 & 0x3F00 | scalar & 0x3F, 3)
        default:
            let high = scalar << 6 & 0x700_0000 | scalar << 4 & 0x3F_0000
            return (0xF080_8080 | high | scalar << 2 & 0x3F00 | scalar & 0x3F, 4)
        }
    }

    private mutating func hexadecimalUnit() throws(ImageJSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = takeByte()?.hexadecimalValue else { throw error("a bad \\u escape") }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }
}
