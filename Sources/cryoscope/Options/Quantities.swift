import ArgumentParser

/// An address: hexadecimal with `0x`, or decimal.
struct Address: ExpressibleByArgument, Sendable {
    let value: UInt64

    init?(argument: String) {
        guard let value = number(argument) else { return nil }
        self.value = value
    }
}

/// A number of bytes: hexadecimal with `0x`, or decimal; K, M or G behind it stand for 2^10, 2^20 and 2^30.
struct ByteCount: ExpressibleByArgument, Sendable {
    let value: UInt64

    init?(argument: String) {
        let shifts: [Character: UInt64] = ["K": 10, "M": 20, "G": 30]
        let shift = argument.last.flatMap { shifts[Character($0.uppercased())] }
        guard let base = number(shift == nil ? argument[...] : argument.dropLast()) else { return nil }
        let (value, overflow) = base.multipliedReportingOverflow(by: 1 << (shift ?? 0))
        if overflow { return nil }
        self.value = value
    }
}

/// Addresses from one up to, but without, another: `A-B`.
struct AddressRange: ExpressibleByArgument, Sendable {
    let range: Range<UInt64>

    init?(argument: String) {
        let ends = argument.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = number(ends[0]), let end = number(ends[1]), start < end else { return nil }
        range = start..<end
    }
}

/// A number in decimal, or in hexadecimal behind `0x`, without a sign.
private func number(_ text: some StringProtocol) -> UInt64? {
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    let digits = isHexadecimal ? text.dropFirst(2) : text[...]
    guard let first = digits.first, first != "+", first != "-" else { return nil }
    return UInt64(digits, radix: isHexadecimal ? 16 : 10)
}
