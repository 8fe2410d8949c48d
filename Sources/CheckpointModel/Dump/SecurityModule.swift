/// A security module of Linux: `inventory_entry.lsmtype`.
public struct SecurityModule: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: Int32

    /// Wraps a number, known or not.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Its name, or nil for a number without a name.
    public var name: String? {
        let names: [Int32: String] = [0: "none", 1: "SELinux", 2: "AppArmor"]
        return names[rawValue]
    }
}
