internal import CheckpointModel

/// Consecutive bytes of one side that are in one state.
struct ComparedStretch {
    /// The address behind the last byte.
    let end: UInt64
    let state: State
    /// Whether the bytes are in a hole of a pages image.
    let isHole: Bool

    /// What a side has.
    enum State {
        /// Bytes, and whose they are.
        case bytes(MemoryStretch.Bytes, Owner)
        /// Memory that was never written: it reads as zeros.
        case zeros
        /// A page of a file that is not at hand, unchanged.
        case clean(MemoryStretch.Reason)
        /// Nothing can be there: a guard region, addresses behind the end of a file, pages that a list lacks.
        case nothing
        /// The kernel's memory, which is not dumped.
        case kernels
        /// Something that is not there, for a reason.
        case unknown(MemoryStretch.Reason)
    }

    /// Whose bytes are.
    enum Owner {
        /// The process's own, or those of the object that is compared.
        case own
        /// Those of a shared object or of a deleted file that an area maps.
        case object
        /// Those of a file.
        case file
    }

    init(end: UInt64, state: State) {
        (self.end, self.state, isHole) = (end, state, false)
    }

    init(_ stretch: MemoryStretch) {
        end = stretch.addresses.upperBound
        isHole = stretch.isHole
        switch (stretch.origin, stretch.bytes) {
        case (.image, let bytes?): state = .bytes(bytes, .own)
        case (.object, let bytes?), (.deletedFile, let bytes?): state = .bytes(bytes, .object)
        case (.file(_, _, true), let bytes?): state = .bytes(bytes, .file)
        // A file that may be another than the one that was mapped proves nothing.
        case (.file(let name, let offset, false), _): state = .clean(.cleanFilePage(name, offset: offset))
        case (.absent(let reason), _): state = ComparedStretch.state(reason)
        default: state = .unknown(.lost("the bytes are not there"))
        }
    }

    private static func state(_ reason: MemoryStretch.Reason) -> State {
        switch reason {
        case .unmapped, .guardRegion: .nothing
        case .untouched: .zeros
        case .cleanFilePage: .clean(reason)
        case .notDumped: .kernels
        case .lazy, .lost: .unknown(reason)
        }
    }
}
