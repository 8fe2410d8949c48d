public import CheckpointModel

/// A place where a pattern stands.
public struct SearchHit: Sendable {
    /// In what.
    public let place: MemoryPlace
    /// The addresses; offsets in what is no process.
    public let addresses: Range<UInt64>
    /// The area of a process that has the first byte; nil for what is no process.
    public let segment: MemorySegment?
    /// Which image has the first byte, and where; nil if only the image's name is known, which the place has.
    public let origin: MemoryStretch.Origin?
    /// The processes that have what is no process open or mapped, ascending.
    public let pids: [Int]
    /// Who maps the first byte of what is no process.
    public let mappings: [MemoryPlace.Mapping]
    /// The bytes before.
    public let before: [UInt8]
    /// The bytes of the match.
    public let match: [UInt8]
    /// The bytes behind.
    public let after: [UInt8]
}

/// A search that was given up.
public struct SearchFailure: Error, Sendable {
    /// In what.
    public let place: MemoryPlace
    /// Near which address, or offset in what is no process.
    public let address: UInt64
    /// Why, for a person.
    public let detail: String
}
