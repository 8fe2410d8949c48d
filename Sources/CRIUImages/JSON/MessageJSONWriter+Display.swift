internal import EvidenceText

extension MessageJSONWriter {
    /// Writes a number as the field's hint asks in the pretty form, in decimal else.
    func writeNumber(
        _ magnitude: UInt64, isNegative: Bool, _ field: FieldSchema, _ isHexadecimal: Bool
    ) {
        guard isPretty, isHexadecimal || field.display != .plain else {
            return writeDecimal(magnitude, isNegative)
        }
        if isHexadecimal { return writeHexadecimal(magnitude, isNegative) }
        let bits = isNegative ? 0 &- magnitude : magnitude
        switch field.display {
        case .hexadecimal: writeHexadecimal(magnitude, isNegative)
        case .device: writeDevice(bits)
        case .flags(let set): writeFlags(bits, set)
        case .names(let set): writeName(magnitude, isNegative, set)
        default: writeDecimal(magnitude, isNegative)
        }
    }

    private func writeDecimal(_ magnitude: UInt64, _ isNegative: Bool) {
        if isNegative { out.append(0x2D) }
        out.append(decimal: magnitude)
    }

    private func writeHexadecimal(_ magnitude: UInt64, _ isNegative: Bool) {
        out.append("\"0x")
        if isNegative { out.append(0x2D) }
        out.append(hexadecimal: magnitude)
        out.append(0x22)
    }

    private func writeDevice(_ device: UInt64) {
        out.append(0x22)
        out.append(decimal: device >> 20)
        out.append(0x3A)
        out.append(decimal: device & 0xF_FFFF)
        out.append(0x22)
    }

    private func writeFlags(_ value: UInt64, _ set: FlagSet) {
        var rest = value
        var isFirst = true
        out.append(0x22)
        for (name, bit) in set.bits where value & bit != 0 {
            if !isFirst { out.append(" | ") }
            out.append(name)
            rest &= ~bit
            isFirst = false
        }
        if rest != 0 {
            if !isFirst { out.append(" | ") }
            out.append("0x")
            out.append(hexadecimal: rest)
        }
        out.append(0x22)
    }

    private func writeName(_ magnitude: UInt64, _ isNegative: Bool, _ set: NameSet) {
        if !isNegative, magnitude < 1 << 32, let name = set.name(of: Int64(magnitude)) {
            out.append(0x22)
            out.append(name)
            out.append(0x22)
        } else {
            writeDecimal(magnitude, isNegative)
        }
    }
}

/// The address in one word (IPv4) or four (IPv6); nil for any other number of words, which is no address.
func ipAddressText(_ values: UnsafeRawPointer, _ count: Int, _ byteOrder: ByteOrder) -> String? {
    guard count == 1 || count == 4 else { return nil }
    let words = (0..<count).map { values.load(fromByteOffset: $0 * 4, as: UInt32.self) }
    return IPAddressText.text(of: byteOrder == .little ? words.map(\.byteSwapped) : words)
}
