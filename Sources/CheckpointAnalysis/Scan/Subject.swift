internal import CheckpointModel

/// Bytes that are gone through at once, in one piece of memory: what may begin in a part of them is looked for, with what
/// lies before and behind at hand.
struct Subject: Sendable {
    let storage: Storage
    /// The address of the first byte.
    let base: UInt64
    /// Where a find may begin.
    let starts: Range<UInt64>
    /// Whether bytes that were gone through lie just before the first one.
    let continues: Bool
    /// Whether the bytes behind the last one are absent.
    let endsExtent: Bool
    /// What ends here or before is seen through one view, and is found where the viewed object is gone through; nil for
    /// bytes that are the space's own.
    let viewEnd: UInt64?

    /// Where the bytes are.
    enum Storage: Sendable {
        /// In a mapped image.
        case mapped(MemoryStretch.Bytes)
        /// Gathered from several places.
        case gathered([UInt8])
    }

    /// The address behind the last byte.
    var end: UInt64 { base + UInt64(count) }

    var count: Int {
        switch storage {
        case .mapped(let bytes): bytes.count
        case .gathered(let bytes): bytes.count
        }
    }

    /// How much memory it takes beside what is mapped.
    var gatheredCount: UInt64 {
        guard case .gathered(let bytes) = storage else { return 0 }
        return UInt64(bytes.count)
    }

    func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        switch storage {
        case .mapped(let bytes): return try bytes.withUnsafeBytes(body)
        case .gathered(let bytes):
            return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
                try body(UnsafeRawBufferPointer(buffer))
            }
        }
    }

    /// Has the pages mapped at once.
    func prefetch() {
        if case .mapped(let bytes) = storage, bytes.count >= 32 << 10 { bytes.prefetch(0..<bytes.count) }
    }

    /// Gives the memory back.
    func release() {
        if case .mapped(let bytes) = storage { bytes.release(0..<bytes.count) }
    }
}
