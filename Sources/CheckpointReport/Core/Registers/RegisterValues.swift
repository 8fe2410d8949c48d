internal import CheckpointModel

/// The registers of a thread by name.
struct RegisterValues {
    let set: RegisterSet
    private let byName: [String: Register]
    /// The names of the groups that the thread has.
    private let groups: Set<String>

    init(_ set: RegisterSet) {
        self.set = set
        let registers = set.groups.flatMap(\.registers)
        // 32-bit code in a 64-bit process: the registers are the lower halves.
        let wide = set.isCompat ? registers.map { (RegisterValues.wideName($0.name), $0) } : []
        // A name that comes twice stands for its first register.
        byName = Dictionary(registers.map { ($0.name, $0) } + wide) { first, _ in first }
        groups = Set(set.groups.map(\.name))
    }

    /// `rax` for `eax`, `orig_rax` for `orig_eax`.
    private static func wideName(_ name: String) -> String {
        if name == "orig_eax" { return "orig_rax" }
        return name.hasPrefix("e") ? "r" + name.dropFirst() : name
    }

    /// The lowest 64 bits of a register; 0 if the thread lacks it, since the blocks of a core have a place for each.
    subscript(name: String) -> UInt64 { byName[name]?.value ?? 0 }

    /// Words of a register from the least significant on; 0 if the thread lacks them.
    func words(_ name: String, _ range: Range<Int>) -> [UInt64] {
        let words = byName[name]?.words ?? []
        return range.map { $0 < words.count ? words[$0] : 0 }
    }

    func has(_ name: String) -> Bool { byName[name] != nil }
    func hasGroup(_ name: String) -> Bool { groups.contains(name) }
}

extension ELFBytes {
    /// Appends registers of the size of an address, by name.
    mutating func words(_ registers: RegisterValues, _ names: [String]) {
        for name in names { word(registers[name]) }
    }

    /// Appends registers of 64 bits, by name.
    mutating func longs(_ registers: RegisterValues, _ names: [String]) {
        for name in names { u64(registers[name]) }
    }

    /// Appends registers of 128 bits, each as two words, in the order of the machine's memory.
    mutating func quads(_ registers: RegisterValues, _ names: [String]) {
        for name in names {
            let words = registers.words(name, 0..<2)
            for word in target.isBigEndian ? words.reversed() : words { u64(word) }
        }
    }
}

/// Names that end in a number: `r0`, `r1` and so on.
func numbered(_ prefix: String, _ range: Range<Int>) -> [String] {
    range.map { prefix + String($0) }
}
