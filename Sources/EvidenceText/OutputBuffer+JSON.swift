extension OutputBuffer {
    /// Appends text as a JSON string in quotes, in ASCII only.
    ///
    /// Controls and everything beyond ASCII are escaped, so that a terminal is safe. A byte 0xNN that is not part of
    /// UTF-8 becomes the lone surrogate `\udcNN` (as Python's `surrogateescape` does), from which it can be restored.
    public func append(jsonString bytes: UnsafeRawBufferPointer) {
        append(0x22)
        appendEscaped(bytes)
        append(0x22)
    }

    /// Appends text as a JSON string in quotes, in ASCII only.
    public func append(jsonString text: ByteText) {
        text.bytes.withUnsafeBytes { append(jsonString: $0) }
    }

    /// Appends a string of our own as a JSON string in quotes, in ASCII only.
    public func append(jsonString text: String) {
        var text = text
        text.withUTF8 { append(jsonString: UnsafeRawBufferPointer($0)) }
    }

    /// Appends text as ``append(jsonString:)-(UnsafeRawBufferPointer)`` does, without the quotes.
    public func appendEscaped(_ bytes: UnsafeRawBufferPointer) {
        var plain = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C {
                index += 1
                continue
            }
            append(bytes: UnsafeRawBufferPointer(rebasing: bytes[plain..<index]))
            index += appendUnit(in: bytes, at: index)
            plain = index
        }
        append(bytes: UnsafeRawBufferPointer(rebasing: bytes[plain..<index]))
    }

    /// Appends the escape of one unit and returns how many bytes it took.
    private func appendUnit(in bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
        switch utf8Unit(in: bytes, at: index) {
        case .invalid(let byte):
            append(escapeOf: 0xDC00 | UInt16(byte))
            return 1
        case .scalar(let value, let length):
            append(escapeOfScalar: value)
            return length
        }
    }

    private func append(escapeOfScalar value: UInt32) {
        switch value {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        case 0x08: append("\\b")
        case 0x0C: append("\\f")
        case 0x10000...:
            append(escapeOf: UInt16(0xD7C0 + (value >> 10)))
            append(escapeOf: UInt16(0xDC00 | (value & 0x3FF)))
        default: append(escapeOf: UInt16(value))
        }
    }

    private func append(escapeOf unit: UInt16) {
        append("\\u")
        append(hexadecimal: UInt64(unit), width: 4)
    }
}
