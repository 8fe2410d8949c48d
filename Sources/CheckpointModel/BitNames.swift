/// The names of single bits, as a word of flags has them.
struct BitNames: Sendable {
    /// The bits, in the order in which they are told. Flags of several bits come before their parts.
    let table: [(bit: UInt64, name: String)]

    init(_ table: [(bit: UInt64, name: String)]) {
        self.table = table
    }

    /// The names of the bits that are set; bits without a name last, as one hexadecimal number.
    func names(_ value: UInt64) -> [String] {
        var rest = value
        var result: [String] = []
        for (bit, name) in table where bit != 0 && rest & bit == bit {
            result.append(name)
            rest &= ~bit
        }
        if rest != 0 { result.append("0x" + String(rest, radix: 16)) }
        return result
    }

    /// The names of the bits of a 32-bit word.
    func names(_ value: UInt32) -> [String] { names(UInt64(value)) }
}
