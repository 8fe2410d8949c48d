/// The content of a shared memory object by offset, with where it is stored.
public struct SharedMemorySpace: Sendable {
    let object: AddressSpace.SharedObject

    init(_ object: AddressSpace.SharedObject) {
        self.object = object
    }

    /// The stretch that begins at an offset; its addresses are offsets in the object.
    ///
    /// - Parameters:
    ///   - offset: The first offset.
    ///   - end: Where the stretch ends at the latest.
    /// - Precondition: `end` is above `offset`.
    /// - Complexity: Logarithmic in the number of page runs, for each snapshot that it takes.
    public func stretch(at offset: UInt64, before end: UInt64) -> MemoryStretch {
        object.stretch(offset..<end, at: offset)
    }
}
