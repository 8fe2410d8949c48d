internal import EvidenceText

/// How the characters of strings are stored.
public enum StringEncoding: String, Sendable, CaseIterable {
    /// Printable characters of ASCII, and tabs.
    case ascii
    /// UTF-8: the same, and characters beyond ASCII that are no controls and not for private use.
    case utf8
    /// UTF-16 with the low byte of each unit first: letters and signs of the scripts of Europe and the Near East.
    case utf16le
    /// The same with the high byte first.
    case utf16be

    /// How many bytes the character at a place takes; 0 if none that counts is there, or if not all of it is.
    ///
    /// - Precondition: The place is within the bytes.
    func length(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Int {
        switch self {
        case .ascii: return isPrintable(bytes[place]) ? 1 : 0
        case .utf8:
            if bytes[place] < 0x80 { return isPrintable(bytes[place]) ? 1 : 0 }
            guard case .scalar(let value, let length) = utf8Unit(in: bytes, at: place) else { return 0 }
            return isShown(value) ? length : 0
        case .utf16le, .utf16be:
            guard place + 1 < bytes.count else { return 0 }
            let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
            return isShown(self == .utf16le ? second << 8 | first : first << 8 | second) ? 2 : 0
        }
    }

    /// The characters of bytes in UTF-8.
    func utf8(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        switch self {
        case .ascii, .utf8: return Array(bytes)
        case .utf16le, .utf16be:
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
                let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
                return self == .utf16le ? second << 8 | first : first << 8 | second
            }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        }
    }
}

@inline(__always)
func isPrintable(_ byte: UInt8) -> Bool { byte &- 0x20 < 0x5F || byte == 0x09 }

/// Whether a scalar beyond ASCII is a character, as far as its block tells.
private func isShown(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0..<0xE000, 0xF900..<0xFDD0, 0xFDF0..<0xFFF0, 0x10000..<0x3FFFE: true
    default: false
    }
}

/// Whether a unit of UTF-16 is a character of the scripts that are looked for. With all of them, any bytes would do.
private func isShown(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x09, 0x20..<0x7F, 0xA0..<0x700, 0x1E00..<0x2000, 0x2010..<0x2028, 0x20A0..<0x20C0: true
    default: false
    }
}
