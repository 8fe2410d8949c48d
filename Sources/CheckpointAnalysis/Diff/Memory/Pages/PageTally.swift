/// How many pages were compared, by what came of it; at most what 64 bits can count.
public struct PageTally: Sendable, Equatable {
    /// The bytes of both sides are there, and alike.
    public var identical: UInt64 = 0
    /// The bytes differ, also those with a known cause.
    public var modified: UInt64 = 0
    /// The process has pages of its own where it had none.
    public var appeared: UInt64 = 0
    /// The process had pages of its own where it has none.
    public var gone: UInt64 = 0
    /// It cannot be told.
    public var unknown: UInt64 = 0

    /// No pages.
    public init() {}

    /// Whether no page differs, or may differ.
    public var isUnchanged: Bool { modified == 0 && appeared == 0 && gone == 0 && unknown == 0 }

    /// The counts of both.
    public static func + (left: PageTally, right: PageTally) -> PageTally {
        var sum = left
        sum.identical = left.identical.addingCapped(right.identical)
        sum.modified = left.modified.addingCapped(right.modified)
        sum.appeared = left.appeared.addingCapped(right.appeared)
        sum.gone = left.gone.addingCapped(right.gone)
        sum.unknown = left.unknown.addingCapped(right.unknown)
        return sum
    }

    mutating func add(_ count: UInt64, _ kind: PageChange.Kind) {
        switch kind {
        case .modified: modified = modified.addingCapped(count)
        case .appeared: appeared = appeared.addingCapped(count)
        case .gone: gone = gone.addingCapped(count)
        case .unknown: unknown = unknown.addingCapped(count)
        }
    }
}
