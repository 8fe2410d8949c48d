/// What held packets back during a dump: `inventory_entry.network_lock_method`.
public struct NetworkLock: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt32

    /// Wraps a number, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Its name as CRIU's option has it, or nil for a number without a name.
    public var name: String? {
        let names: [UInt32: String] = [0: "iptables", 1: "nftables", 2: "skip"]
        return names[rawValue]
    }
}
