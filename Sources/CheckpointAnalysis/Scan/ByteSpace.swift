internal import CheckpointModel

/// Bytes by address: of a process, of shared memory by offset, of a file or queue by offset.
protocol ByteSpace: Sendable {
    /// The stretch that begins at an address.
    ///
    /// - Parameters:
    ///   - address: The first address.
    ///   - end: Where the stretch ends at the latest; above `address`.
    func stretch(at address: UInt64, before end: UInt64) -> SpaceStretch

    /// Which image has a byte, and where in it; nil if that is not known.
    func origin(at address: UInt64) -> MemoryStretch.Origin?
}

/// Consecutive bytes of a space that lie in one place, or that are absent.
struct SpaceStretch {
    let addresses: Range<UInt64>
    /// The bytes; nil if they are absent.
    let bytes: MemoryStretch.Bytes?
    /// Through which view of something that is gone through on its own the bytes are seen; nil for bytes of the space.
    var view: View?

    /// Something with bytes of its own that a space shows: shared memory, or a deleted file.
    struct View: Hashable {
        let object: Object
        /// The address at which the object would begin, whether all of it is seen or not.
        let base: UInt64

        enum Object: Hashable {
            case shared(UInt64)
            case deletedFile(String)
        }
    }
}

extension ByteSpace {
    /// The bytes from an address on, up to a number of them or to the first absent one.
    func bytes(from address: UInt64, _ limit: Int) -> [UInt8] {
        var result: [UInt8] = []
        let end = address.addingCapped(UInt64(limit))
        var position = address
        while position < end {
            let stretch = stretch(at: position, before: end)
            guard let bytes = stretch.bytes else { break }
            result += bytes.copy(0..<bytes.count)
            position = stretch.addresses.upperBound
        }
        return result
    }

    /// The bytes before an address, down to a number of them or to the first absent one.
    func bytes(before address: UInt64, _ limit: Int) -> [UInt8] {
        var result: [UInt8] = []
        var position = address - min(address, UInt64(limit))
        while position < address {
            let stretch = stretch(at: position, before: address)
            if let bytes = stretch.bytes { result += bytes.copy(0..<bytes.count) } else { result = [] }
            position = stretch.addresses.upperBound
        }
        return result
    }
}

/// Arithmetic on numbers of hostile images, which neither overflows nor wraps.
extension UInt64 {
    /// The sum, or the largest number if it is beyond that.
    func addingCapped(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The difference, or zero if it is below that.
    func subtractingCapped(_ other: UInt64) -> UInt64 { self > other ? self - other : 0 }
}
