extension ByteText {
    /// The text with everything that a terminal would act on, or that would mislead a reader, written as an escape.
    ///
    /// Newline, tab and carriage return become `\n`, `\t`, `\r`; other controls and bytes that are not UTF-8 become
    /// `\xNN`; marks of reading direction, invisible and separator characters, and code points that no character may
    /// have become `\u{…}`; a backslash becomes `\\`, so that the text can be told from the escape.
    public var forTerminal: String {
        escaped(keeping: [])
    }

    /// The text as ``forTerminal`` writes it, but with some bytes left as they are.
    ///
    /// - Parameter kept: ASCII characters that are passed through. For tables whose form another tool has fixed.
    public func escaped(keeping kept: Set<UInt8>) -> String {
        var result = ""
        result.reserveCapacity(bytes.count)
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index < buffer.count {
                switch utf8Unit(in: buffer, at: index) {
                case .invalid(let byte):
                    result += hexadecimalEscape(byte)
                    index += 1
                case .scalar(let value, let length):
                    appendScalar(value, to: &result, keeping: kept)
                    index += length
                }
            }
        }
        return result
    }
}

private func appendScalar(_ value: UInt32, to result: inout String, keeping kept: Set<UInt8>) {
    if value < 0x80 {
        let byte = UInt8(value)
        result += kept.contains(byte) ? String(UnicodeScalar(byte)) : asciiEscape(byte)
    } else if let scalar = UnicodeScalar(value), !isHarmful(scalar) {
        result.unicodeScalars.append(scalar)
    } else {
        result += "\\u{" + String(value, radix: 16, uppercase: true) + "}"
    }
}

private func asciiEscape(_ byte: UInt8) -> String {
    switch byte {
    case 0x0A: "\\n"
    case 0x09: "\\t"
    case 0x0D: "\\r"
    case 0x5C: "\\\\"
    case 0x20...0x7E: String(UnicodeScalar(byte))
    default: hexadecimalEscape(byte)
    }
}

private func hexadecimalEscape(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
}

/// Whether a character beyond ASCII controls the terminal, the reading direction or the line, or shows nothing.
private func isHarmful(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    default: scalar.properties.isDefaultIgnorableCodePoint
    }
}

extension OutputBuffer {
    /// Appends text of evidence, made harmless for a terminal.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - kept: ASCII characters that are passed through, beside the printable ones.
    public func append(_ text: ByteText, keeping kept: Set<UInt8> = []) {
        if text.bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x5C }) {
            append(text.bytes)
        } else {
            append(string: text.escaped(keeping: kept))
        }
    }
}
