/// Quoted-printable text (RFC 2045), as Python's `quopri` writes it: the form of Unix socket names.
public enum QuotedPrintable {
    private static let lineLimit = 76

    /// Encodes bytes; decoding gives the same bytes back.
    ///
    /// Newlines stay newlines, unless there is a carriage return too: that would be lost, so both are then escaped.
    public static func encode(_ bytes: UnsafeRawBufferPointer) -> ByteText {
        let keepsNewlines = !bytes.contains(0x0D)
        var result: [UInt8] = []
        var column = 0
        for index in bytes.indices {
            let byte = bytes[index]
            let isLast = index + 1 == bytes.count
            let next = isLast ? nil : bytes[index + 1]
            if byte == 0x0A && keepsNewlines {
                escapeTrailingBlank(&result)
                result.append(0x0A)
                column = 0
            } else if needsEscape(byte, next: next, column: column) {
                if column + 3 >= lineLimit { breakLine(&result, &column) }
                appendEscape(byte, to: &result)
                column += 3
            } else {
                if !isLast && next != 0x0A && column + 1 >= lineLimit { breakLine(&result, &column) }
                result.append(byte)
                column += 1
            }
        }
        return ByteText(result)
    }

    private static func needsEscape(_ byte: UInt8, next: UInt8?, column: Int) -> Bool {
        switch byte {
        case 0x20, 0x09: next == nil
        case 0x2E: column == 0 && (next == nil || next == 0x0A || next == 0x0D || next == 0)
        default: byte > 126 || byte < 33 || byte == 0x3D
        }
    }

    private static func breakLine(_ result: inout [UInt8], _ column: inout Int) {
        result += [0x3D, 0x0A]
        column = 0
    }

    private static func escapeTrailingBlank(_ result: inout [UInt8]) {
        guard let last = result.last, last == 0x20 || last == 0x09 else { return }
        result.removeLast()
        appendEscape(last, to: &result)
    }

    private static func appendEscape(_ byte: UInt8, to result: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        result += [0x3D, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// Encodes bytes.
    public static func encode(_ bytes: [UInt8]) -> ByteText {
        bytes.withUnsafeBytes { encode($0) }
    }

    /// Decodes text as Python's decoder does: what is no escape stands for itself, but an equals sign at the very end,
    /// which is a line break without its newline, for nothing.
    public static func decode(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == 0x3D {
                decodeEscape(&rest, to: &result)
            } else {
                result.append(byte)
            }
        }
        return result
    }

    /// Decodes what follows an equals sign.
    private static func decodeEscape(_ rest: inout ArraySlice<UInt8>, to result: inout [UInt8]) {
        guard let next = rest.first else { return }
        if next == 0x0A || next == 0x0D {
            rest = rest.drop { $0 != 0x0A }.dropFirst()
        } else if next == 0x3D {
            result.append(0x3D)
            rest.removeFirst()
        } else if let high = next.hexadecimalValue, let low = rest.dropFirst().first?.hexadecimalValue {
            result.append(high << 4 | low)
            rest.removeFirst(2)
        } else {
            result.append(0x3D)
        }
    }
}

extension UInt8 {
    /// The value of an ASCII hexadecimal digit; nil for any other byte.
    public var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
