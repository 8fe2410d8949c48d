internal import CheckpointModel

/// A space that is to be gone through, or parts of it.
struct MemoryTarget: Sendable {
    let place: MemoryPlace
    let space: any ByteSpace
    /// Which addresses: ascending, and none begins where another ends.
    let ranges: [Range<UInt64>]
}
