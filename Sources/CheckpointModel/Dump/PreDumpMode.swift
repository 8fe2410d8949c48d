/// How a pre-dump read memory: `inventory_entry.pre_dump_mode`.
public struct PreDumpMode: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt32

    /// Wraps a number, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Its name as CRIU's option has it, or nil for a number without a name.
    public var name: String? {
        let names: [UInt32: String] = [1: "splice", 2: "read"]
        return names[rawValue]
    }
}
