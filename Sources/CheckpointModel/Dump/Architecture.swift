/// A processor architecture: `core_entry.march`.
public struct Architecture: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: Int32

    /// Wraps a number, known or not.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The name as `uname -m` has it, or nil for a number without a name.
    public var name: String? {
        let names: [Int32: String] = [
            1: "x86_64", 2: "arm", 3: "aarch64", 4: "ppc64", 5: "s390x", 6: "mips", 7: "loongarch64", 8: "riscv64",
        ]
        return names[rawValue]
    }
}

extension Architecture {
    /// 64-bit x86, also with 32-bit programs.
    public static let x86_64 = Architecture(rawValue: 1)
    /// 32-bit ARM.
    public static let arm = Architecture(rawValue: 2)
    /// 64-bit ARM.
    public static let aarch64 = Architecture(rawValue: 3)
    /// 64-bit PowerPC.
    public static let ppc64 = Architecture(rawValue: 4)
    /// s390x.
    public static let s390 = Architecture(rawValue: 5)
    /// MIPS.
    public static let mips = Architecture(rawValue: 6)
    /// 64-bit LoongArch.
    public static let loongarch64 = Architecture(rawValue: 7)
    /// 64-bit RISC-V.
    public static let riscv64 = Architecture(rawValue: 8)
}
