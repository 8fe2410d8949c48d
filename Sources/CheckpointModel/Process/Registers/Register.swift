/// A register of a thread and what it held.
public struct Register: Sendable, Equatable {
    /// The name that the architecture's manuals have.
    public let name: String
    /// The content in words of 64 bits, the least significant first, whatever the machine's order of bytes.
    public let words: [UInt64]
    /// The width in bits.
    public let bits: Int

    /// A register of up to 64 bits.
    init(_ name: String, _ value: UInt64, bits: Int = 64) {
        self.name = name
        self.words = [value]
        self.bits = bits
    }

    /// A wider register.
    init(_ name: String, words: [UInt64], bits: Int) {
        self.name = name
        self.words = words
        self.bits = bits
    }

    /// The content, or of a wider register the least significant 64 bits.
    public var value: UInt64 { words.first ?? 0 }

    /// All bits in hexadecimal without a prefix, filled with zeros to the width.
    public var hexadecimal: String {
        let digits = words.reversed().map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        let width = (bits + 3) / 4
        if digits.count < width { return String(repeating: "0", count: width - digits.count) + digits }
        // More than the width is shown only if there is anything in it.
        return digits.dropLast(width).allSatisfy { $0 == "0" } ? String(digits.suffix(width)) : digits
    }
}

/// Registers that belong together.
public struct RegisterGroup: Sendable, Equatable {
    /// What they are, in a word: `general`, `segments`, `x87`, `sse`.
    public let name: String
    /// The registers in the order of the manuals.
    public let registers: [Register]

    init(_ name: String, _ registers: [Register]) {
        self.name = name
        self.registers = registers
    }
}
