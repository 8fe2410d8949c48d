internal import CRIUImages

/// Whom a file signals when it becomes ready (`F_SETOWN`).
public struct FileOwner: Sendable, Hashable {
    /// The thread, process or process group; an id inside the innermost pid namespace.
    public let id: UInt32
    /// What the id names.
    public let kind: Kind
    /// The signal that `F_SETSIG` chose; 0 is the default, SIGIO.
    public let signal: UInt32
    /// The real user id of who set it, inside the user namespace.
    public let userID: UInt32
    /// The effective user id of who set it.
    public let effectiveUserID: UInt32

    /// What an owner's id names: `enum pid_type` of the kernel.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: UInt32

        /// Wraps a number, known or not.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// A word for it, or nil for a number without a name.
        public var name: String? { ["thread", "process", "process group", "session"][checked: rawValue] }
    }

    /// Reads an owner; nil if there is none.
    init?(_ entry: FownEntry) {
        guard entry.pid != 0 || entry.signum != 0 else { return nil }
        id = entry.pid
        kind = Kind(rawValue: entry.pidType)
        signal = entry.signum
        (userID, effectiveUserID) = (entry.uid, entry.euid)
    }
}

extension [String] {
    /// The element at a place that evidence chose; nil if there is none.
    subscript(checked place: UInt32) -> String? {
        Int(place) < count ? self[Int(place)] : nil
    }
}
