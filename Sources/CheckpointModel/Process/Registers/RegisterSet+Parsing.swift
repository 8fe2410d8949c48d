internal import CRIUImages

extension RegisterSet {
    /// Reads the registers of a core image.
    ///
    /// - Parameters:
    ///   - core: The entry.
    ///   - origin: Where it was read.
    /// - Returns: The registers; nil if the image has none of the machine that it names.
    static func parse(_ core: CoreEntry, _ origin: Origin) -> RegisterSet? {
        switch Architecture(rawValue: core.mtype.rawValue) {
        case .x86_64: core.threadInfo.map { RegisterSet($0, origin) }
        case .arm: core.tiArm.map { RegisterSet($0, origin) }
        case .aarch64: core.tiAarch64.map { RegisterSet($0, origin) }
        case .ppc64: core.tiPpc64.map { RegisterSet($0, origin) }
        case .s390: core.tiS390.map { RegisterSet($0, origin) }
        case .mips: core.tiMips.map { RegisterSet($0, origin) }
        case .loongarch64: core.tiLoongarch64.map { RegisterSet($0, origin) }
        case .riscv64: core.tiRiscv64.map { RegisterSet($0, origin) }
        default: nil
        }
    }
}

/// Registers that are told apart by a number.
///
/// - Parameters:
///   - prefix: What stands before the number.
///   - values: What they hold.
///   - first: The number of the first.
///   - bits: How wide they are.
func numberedRegisters(_ prefix: String, _ values: [UInt64], from first: Int = 0, bits: Int = 64) -> [Register] {
    values.enumerated().map { Register("\(prefix)\($0 + first)", $1, bits: bits) }
}

/// Registers of two words each, in the order in which the image has the words.
func numberedPairs(_ prefix: String, _ words: [UInt64], from first: Int = 0, isHighFirst: Bool = false) -> [Register] {
    stride(from: 0, to: words.count, by: 2).map { index in
        let pair = Array(words[index..<min(index + 2, words.count)])
        return Register("\(prefix)\(first + index / 2)", words: isHighFirst ? pair.reversed() : pair, bits: 128)
    }
}

extension Array where Element == UInt64 {
    /// The value at a place; missing if the image has fewer.
    func known(_ index: Int) -> Known<UInt64> {
        indices.contains(index)
            ? .value(self[index])
            : .missing(Absence(.damaged, "the image has \(count) registers, and number \(index) is not among them"))
    }
}
