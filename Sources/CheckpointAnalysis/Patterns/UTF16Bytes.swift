/// Expressions for the bytes of units of UTF-16.
struct UTF16Bytes {
    let isLittleEndian: Bool
    let ignoresCase: Bool

    /// A character.
    func literal(_ scalar: Unicode.Scalar) -> String {
        let units = Array(String(scalar).utf16)
        return "(?:" + units.map { alternatives($0...$0).joined() }.joined() + ")"
    }

    /// A unit that is in a set, or that is not.
    func group(_ set: [ClosedRange<UInt16>], isNegated: Bool) -> String {
        let parts = set.flatMap(alternatives).joined(separator: "|")
        return isNegated ? "(?:(?!\(parts))[\\x00-\\xff]{2})" : "(?:\(parts))"
    }

    /// A range, by its high bytes: the first, the last, and those between.
    private func alternatives(_ range: ClosedRange<UInt16>) -> [String] {
        let (first, last) = (range.lowerBound, range.upperBound)
        let (firstHigh, lastHigh) = (UInt8(first >> 8), UInt8(last >> 8))
        let (firstLow, lastLow) = (UInt8(truncatingIfNeeded: first), UInt8(truncatingIfNeeded: last))
        if firstHigh == lastHigh { return [unit(firstHigh...firstHigh, firstLow...lastLow)] }
        var parts = [unit(firstHigh...firstHigh, firstLow...0xFF)]
        if firstHigh + 1 < lastHigh { parts.append(unit((firstHigh + 1)...(lastHigh - 1), 0...0xFF)) }
        return parts + [unit(lastHigh...lastHigh, 0...lastLow)]
    }

    private func unit(_ high: ClosedRange<UInt8>, _ low: ClosedRange<UInt8>) -> String {
        // Only units below 0x80 have a case that counts.
        let low = ignoresCase && high == 0...0 ? "(?i:\(byte(low)))" : byte(low)
        return isLittleEndian ? low + byte(high) : byte(high) + low
    }

    private func byte(_ range: ClosedRange<UInt8>) -> String {
        func escape(_ byte: UInt8) -> String { "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }
        return range.count == 1
            ? escape(range.lowerBound) : "[\(escape(range.lowerBound))-\(escape(range.upperBound))]"
    }
}
