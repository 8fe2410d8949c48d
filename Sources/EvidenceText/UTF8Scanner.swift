/// One step through bytes that may be UTF-8: a scalar, or a byte that is part of none.
public enum UTF8Unit: Equatable, Sendable {
    /// A scalar, and how many bytes it takes.
    case scalar(UInt32, length: Int)
    /// A byte that is part of none.
    case invalid(UInt8)
}

/// Reads the unit at `index`, by the table of well-formed sequences (Unicode 15, table 3-7).
///
/// - Precondition: `index` is within `bytes`.
public func utf8Unit(in bytes: UnsafeRawBufferPointer, at index: Int) -> UTF8Unit {
    let first = bytes[index]
    if first < 0x80 { return .scalar(UInt32(first), length: 1) }
    let length: Int
    let low: UInt8
    let high: UInt8
    switch first {
    case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
    case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
    case 0xED: (length, low, high) = (3, 0x80, 0x9F)
    case 0xE1...0xEF: (length, low, high) = (3, 0x80, 0xBF)
    case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
    case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
    case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
    default: return .invalid(first)
    }
    guard bytes.count - index >= length, (low...high).contains(bytes[index + 1]) else { return .invalid(first) }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length {
        let next = bytes[index + offset]
        guard next & 0xC0 == 0x80 else { return .invalid(first) }
        scalar = scalar << 6 | UInt32(next & 0x3F)
    }
    return .scalar(scalar, length: length)
}
