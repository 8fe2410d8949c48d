/// A byte of a pattern that is not an expression.
enum PatternUnit: Hashable {
    case byte(UInt8)
    /// An ASCII letter in either case.
    case letter(UInt8)
    /// A byte of which the upper four bits are known.
    case high(UInt8)
    /// A byte of which the lower four bits are known.
    case low(UInt8)
    case any

    /// Two hexadecimal digits, either of which may be `?`.
    init(hexadecimal high: Character, _ low: Character) throws(PatternError) {
        let digits = [high, low].map { $0 == "?" ? nil : $0.hexDigitValue.map { UInt8($0) } }
        guard zip(digits, [high, low]).allSatisfy({ $0 != nil || $1 == "?" }) else {
            throw PatternError(detail: "\"\(high)\(low)\" is not a pair of hexadecimal digits")
        }
        switch (digits[0], digits[1]) {
        case (let high?, let low?): self = .byte(high << 4 | low)
        case (let high?, nil): self = .high(high)
        case (nil, let low?): self = .low(low)
        case (nil, nil): self = .any
        }
    }

    /// The unit as a regular expression.
    var expression: String {
        switch self {
        case .byte(let byte): escape(byte)
        case .letter(let byte): "(?i:\(escape(byte)))"
        case .high(let bits): "[\(escape(bits << 4))-\(escape(bits << 4 | 15))]"
        case .low(let bits): "[" + (0..<16).map { escape($0 << 4 | bits) }.joined() + "]"
        case .any: "[\\x00-\\xff]"
        }
    }

    private func escape(_ byte: UInt8) -> String {
        "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
