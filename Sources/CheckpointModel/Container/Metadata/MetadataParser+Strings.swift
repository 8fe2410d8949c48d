internal import EvidenceText

extension MetadataParser {
    /// Reads a string in quotes. Bytes that are not UTF-8 are kept.
    mutating func string() -> ByteText? {
        offset += 1
        var result: [UInt8] = []
        var plain = offset
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                result += bytes(plain..<offset)
                offset += 1
                return ByteText(result)
            case UInt8(ascii: "\\"):
                result += bytes(plain..<offset)
                guard appendEscape(to: &result) else { return nil }
                plain = offset
            default: offset += 1
            }
        }
        fail("the file ends early")
        return nil
    }

    private mutating func appendEscape(to result: inout [UInt8]) -> Bool {
        offset += 1
        guard let letter = current else { return refuse("the file ends early") }
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"): return appendScalar(to: &result)
        default: return refuse("an escape that JSON does not have")
        }
        return true
    }

    /// Appends the character of `\uNNNN`, or of two that form a pair. A half of a pair that stands alone is no
    /// character: it is kept as the three bytes that it would have, which no UTF-8 has.
    private mutating func appendScalar(to result: inout [UInt8]) -> Bool {
        guard let first = unit() else { return refuse("an escape without four digits") }
        if (0xD800..<0xDC00).contains(first), current == UInt8(ascii: "\\") {
            let start = offset
            offset += 1
            if current == UInt8(ascii: "u") {
                offset += 1
                if let second = unit(), (0xDC00..<0xE000).contains(second) {
                    append(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), to: &result)
                    return true
                }
            }
            offset = start
        }
        append(first, to: &result)
        return true
    }

    private mutating func unit() -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    private func append(_ value: UInt32, to result: inout [UInt8]) {
        func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (value >> shift) & 0x3F) }
        switch value {
        case ..<0x80: result.append(UInt8(value))
        case ..<0x800: result += [UInt8(0xC0 | value >> 6), tail(0)]
        case ..<0x10000: result += [UInt8(0xE0 | value >> 12), tail(6), tail(0)]
        default: result += [UInt8(0xF0 | value >> 18), tail(12), tail(6), tail(0)]
        }
    }

    private mutating func refuse(_ detail: String) -> Bool {
        fail(detail)
        return false
    }
}
