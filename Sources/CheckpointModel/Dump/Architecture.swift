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
