/// The numbers of system calls, which each machine has in its own way.
public enum SystemCallTable: String, Sendable, CaseIterable {
    /// 64-bit x86, and x32 on it.
    case x86_64 = "x86_64"
    /// 32-bit x86.
    case i386 = "i386"
    /// 32-bit ARM.
    case arm = "arm"
    /// The numbers that aarch64, riscv64 and loongarch64 share.
    case generic = "generic"
    /// 64-bit PowerPC.
    case ppc64 = "ppc64"
    /// s390x.
    case s390x = "s390x"
    /// MIPS; each of its three conventions has a range of numbers.
    case mips = "mips"

    /// The name of a system call as the kernel has it, or nil for a number that no name is known for.
    ///
    /// The numbers are those of Linux 7.1 and all versions before.
    public func name(_ number: UInt64) -> String? {
        guard let index = UInt32(exactly: number) else { return nil }
        // The bit that marks the calls of x32.
        return SystemCallTable.tables[self]?[self == .x86_64 ? index & ~0x4000_0000 : index]
    }

    /// Names by number, read from the compact form once.
    private static let tables: [SystemCallTable: [UInt32: String]] = [
        .x86_64: names(in: x86_64Names), .i386: names(in: i386Names), .arm: names(in: armNames),
        .generic: names(in: genericNames), .ppc64: names(in: ppc64Names), .s390x: names(in: s390xNames),
        .mips: names(in: mipsO32Names, from: 4000)
            .merging(names(in: mipsN64Names, from: 5000)) { first, _ in first }
            .merging(names(in: mipsN32Names, from: 6000)) { first, _ in first },
    ]

    /// Reads words of which a number says what the next name has; those after it count on.
    private static func names(in text: String, from base: UInt32 = 0) -> [UInt32: String] {
        var names: [UInt32: String] = [:]
        var next = base
        for word in text.split(whereSeparator: \.isWhitespace) {
            if let number = UInt32(word) {
                next = base + number
            } else {
                names[next] = String(word)
                next += 1
            }
        }
        return names
    }
}

extension SystemCallTable {
    /// The table of a machine; nil for one that is not known.
    init?(_ architecture: Architecture, isCompat: Bool) {
        switch architecture {
        case .x86_64: self = isCompat ? .i386 : .x86_64
        case .arm: self = .arm
        case .aarch64, .loongarch64, .riscv64: self = .generic
        case .ppc64: self = .ppc64
        case .s390: self = .s390x
        case .mips: self = .mips
        default: return nil
        }
    }
}
