/// The names of the bits that are set, in the order of a table, and what has no name last as one hexadecimal number.
///
/// - Parameters:
///   - value: The bits.
///   - names: The bits that have names; of those that overlap the longer ones come first.
func bitNames(_ value: UInt64, _ names: [(bit: UInt64, name: String)]) -> [String] {
    var rest = value
    var result: [String] = []
    for (bit, name) in names where rest & bit == bit {
        result.append(name)
        rest &= ~bit
    }
    if rest != 0 { result.append("0x" + String(rest, radix: 16)) }
    return result
}
