extension OutputBuffer {
    /// Appends a number in decimal.
    @inlinable
    public func append(decimal value: UInt64) {
        let start = room(20)
        if value < 10 {
            start.storeBytes(of: UInt8(truncatingIfNeeded: value) + 0x30, as: UInt8.self)
            used += 1
            return
        }
        let count = decimalDigits(of: value)
        var cursor = start + count
        var rest = value
        while rest >= 10 {
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            cursor -= 1
            cursor.storeBytes(of: UInt8(truncatingIfNeeded: digit) + 0x30, as: UInt8.self)
            rest = quotient
        }
        start.storeBytes(of: UInt8(truncatingIfNeeded: rest) + 0x30, as: UInt8.self)
        used += count
    }

    /// Appends a number in decimal, with a minus sign where it is negative.
    @inlinable
    public func append(decimal value: Int64) {
        if value < 0 { append(0x2D) }
        append(decimal: value.magnitude)
    }

    /// Appends a number in lower-case hexadecimal, without a prefix.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - width: The least number of digits, filled with zeros; at most 16.
    @inlinable
    public func append(hexadecimal value: UInt64, width: Int = 1) {
        let end = room(16) + 16
        var cursor = end
        var rest = value
        var digits = 0
        repeat {
            let digit = UInt8(truncatingIfNeeded: rest & 15)
            cursor -= 1
            cursor.storeBytes(of: digit < 10 ? digit + 0x30 : digit + 0x57, as: UInt8.self)
            rest >>= 4
            digits += 1
        } while rest != 0 || digits < min(width, 16)
        settle(from: cursor, to: end)
    }

    /// How many decimal digits a number has.
    @inlinable
    func decimalDigits(of value: UInt64) -> Int {
        var count = 1
        var rest = value
        while rest >= 10_000 {
            rest /= 10_000
            count += 4
        }
        return count + (rest >= 1000 ? 3 : rest >= 100 ? 2 : rest >= 10 ? 1 : 0)
    }

    /// Moves digits that were written at the end of the room to its beginning.
    @inlinable
    func settle(from cursor: UnsafeMutableRawPointer, to end: UnsafeMutableRawPointer) {
        let count = end - cursor
        (base + used).copyMemory(from: cursor, byteCount: count)
        used += count
    }
}
