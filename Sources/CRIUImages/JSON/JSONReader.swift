#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Steps through JSON text (RFC 8259) without building a tree of it.
struct JSONReader {
    private let text: UnsafeRawBufferPointer
    private(set) var offset: Int

    /// How deep arrays and objects may be nested: an array and an object for each message, and those around them all.
    static let depthLimit = 2 * MessageDecoder.depthLimit + 4

    init(_ text: UnsafeRawBufferPointer, at offset: Int = 0) {
        self.text = text
        self.offset = offset
    }

    func error(_ detail: String) -> ImageJSONError {
        ImageJSONError(detail, at: offset)
    }

    /// The first byte of the next token; nil at the end of the text.
    @inline(__always)
    mutating func peek() -> UInt8? {
        while offset < text.count {
            let byte = text[offset]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            offset += 1
        }
        return nil
    }

    /// Reads one byte of punctuation if it is next.
    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    /// Reads bytes if exactly they are next, without white space before them.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard text.count - offset >= bytes.count, let base = text.baseAddress, let other = bytes.baseAddress,
            memcmp(base + offset, other, bytes.count) == 0
        else { return false }
        offset += bytes.count
        return true
    }

    @inline(__always)
    mutating func expect(_ byte: UInt8) throws(ImageJSONError) {
        guard take(byte) else { throw error("expected '\(UnicodeScalar(byte))'") }
    }

    /// Reads the members of an array.
    mutating func forEachElement(
        _ body: (inout JSONReader) throws(ImageJSONError) -> Void
    ) throws(ImageJSONError) {
        try expect(0x5B)
        if take(0x5D) { return }
        repeat { try body(&self) } while take(0x2C)
        try expect(0x5D)
    }

    /// Reads the members of an object; the function gets the key and must read the value.
    mutating func forEachMember(
        _ body: (inout JSONReader, _ key: UnsafeRawBufferPointer) throws(ImageJSONError) -> Void
    ) throws(ImageJSONError) {
        try expect(0x7B)
        if take(0x7D) { return }
        repeat {
            let key = try simpleString()
            try expect(0x3A)
            try body(&self, key)
        } while take(0x2C)
        try expect(0x7D)
    }

    /// Reads a string without escapes, as all keys of an image are, and returns its bytes in the text.
    mutating func simpleString() throws(ImageJSONError) -> UnsafeRawBufferPointer {
        try expect(0x22)
        let start = offset
        while offset < text.count, text[offset] != 0x22 {
            guard text[offset] != 0x5C else { throw error("an escape in a key") }
            offset += 1
        }
        guard offset < text.count else { throw error("a string is not ended") }
        offset += 1
        return UnsafeRawBufferPointer(rebasing: text[start..<(offset - 1)])
    }

    /// Reads `true` or `false`.
    mutating func bool() throws(ImageJSONError) -> Bool {
        if takeWord("true") { return true }
        if takeWord("false") { return false }
        throw error("expected true or false")
    }

    private mutating func takeWord(_ word: StaticString) -> Bool {
        _ = peek()
        let count = word.utf8CodeUnitCount
        guard text.count - offset >= count else { return false }
        for index in 0..<count where text[offset + index] != word.utf8Start[index] { return false }
        offset += count
        return true
    }

    /// Reads a whole number.
    mutating func integer() throws(ImageJSONError) -> (magnitude: UInt64, isNegative: Bool) {
        let isNegative = take(0x2D)
        let start = offset
        var value: UInt64 = 0
        while offset < text.count, case let digit = text[offset] &- 0x30, digit < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow && !carry else { throw error("a number beyond 64 bits") }
            value = sum
            offset += 1
        }
        guard offset > start else { throw error("expected a number") }
        guard offset == start + 1 || text[start] != 0x30 else { throw error("a number that begins with 0") }
        if offset < text.count, [0x2E, 0x45, 0x65].contains(text[offset]) { throw error("a number that is not whole") }
        return (value, isNegative)
    }

    /// Passes over a value of any sort.
    mutating func skipValue(depth: Int = 0) throws(ImageJSONError) {
        guard depth < JSONReader.depthLimit else { throw error("nested too deeply") }
        switch peek() {
        case 0x22: try skipString()
        case 0x7B: try forEachMember { reader, _ throws(ImageJSONError) in try reader.skipValue(depth: depth + 1) }
        case 0x5B: try forEachElement { reader throws(ImageJSONError) in try reader.skipValue(depth: depth + 1) }
        case 0x74, 0x66: _ = try bool()
        case 0x6E: if !takeWord("null") { throw error("expected a value") }
        default: try skipNumber()
        }
    }

    /// Passes over a value; a long string is given back to the kernel on the way.
    mutating func skipValue(releasing bytes: ImageBytes) throws(ImageJSONError) {
        guard peek() == 0x22 else { return try skipValue() }
        var window = ReleaseWindow(bytes, from: offset)
        try string { _, offset throws(ImageJSONError) in window.advance(to: offset) }
    }

    /// Reads one byte of whatever it is; nil at the end of the text.
    mutating func takeByte() -> UInt8? {
        guard offset < text.count else { return nil }
        defer { offset += 1 }
        return text[offset]
    }

    /// Reads the bytes of a string up to its end, an escape, a control character, or a limit.
    mutating func takePlain(limit: Int) -> UnsafeRawBufferPointer {
        let start = offset
        let end = min(text.count, start + limit)
        while offset < end, case let byte = text[offset], byte != 0x22, byte != 0x5C, byte >= 0x20 {
            offset += 1
        }
        return UnsafeRawBufferPointer(rebasing: text[start..<offset])
    }

    private mutating func skipString() throws(ImageJSONError) {
        try expect(0x22)
        while offset < text.count {
            let byte = text[offset]
            offset += byte == 0x5C ? 2 : 1
            if byte == 0x22 { return }
        }
        throw error("a string is not ended")
    }

    private mutating func skipNumber() throws(ImageJSONError) {
        let start = offset
        while offset < text.count, "+-.0123456789Ee".utf8.contains(text[offset]) { offset += 1 }
        if offset == start { throw error("expected a value") }
    }
}
