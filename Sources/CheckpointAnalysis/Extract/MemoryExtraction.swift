public import CheckpointModel

/// Takes parts of the memory of a process out into a file in which what is absent is a hole.
public struct MemoryExtraction: Sendable {
    private let space: AddressSpace
    private let addresses: [Range<UInt64>]
    private let keepsGaps: Bool

    /// A part of an area, where it is in the file, and how much of it there is.
    public struct Part: Sendable {
        /// The area.
        public let segment: MemorySegment
        /// The addresses.
        public internal(set) var addresses: Range<UInt64>
        /// The offset in the file of the first byte.
        public let offset: UInt64
        /// How many bytes were written.
        public internal(set) var present: UInt64 = 0
        /// How many bytes are holes, by the reason: in the order in which the reasons occur.
        public internal(set) var absent: [(reason: MemoryStretch.Reason, count: UInt64)] = []
    }

    /// Takes out one range: the offset in the file is the address less the first address.
    public init(_ space: AddressSpace, range: Range<UInt64>) {
        (self.space, addresses, keepsGaps) = (space, [range], true)
    }

    /// Takes out areas: they follow each other in the file, without the gaps between them.
    public init(_ space: AddressSpace, areas selection: MemorySelection) {
        (self.space, addresses, keepsGaps) = (space, selection.ranges(of: space.segments), false)
    }

    /// Takes the memory out.
    ///
    /// - Parameter body: Gets the offset in the file of bytes, and the bytes.
    /// - Returns: The parts, by ascending address, and the size of the file.
    public func run<Failure: Error>(
        _ body: (UInt64, MemoryStretch.Bytes) throws(Failure) -> Void
    ) throws(Failure) -> (parts: [Part], size: UInt64) {
        var parts: [Part] = []
        var size: UInt64 = 0
        for range in addresses {
            var address = range.lowerBound
            while address < range.upperBound {
                let stretch = space.stretch(at: address, before: range.upperBound)
                address = stretch.addresses.upperBound
                let count = stretch.byteCount
                if let segment = space.segment(at: stretch.addresses.lowerBound) {
                    add(stretch, of: segment, at: size, to: &parts)
                    if let bytes = stretch.bytes { try body(size, bytes) }
                    size = size.addingCapped(count)
                } else if keepsGaps {
                    size = size.addingCapped(count)
                }
            }
        }
        return (parts, size)
    }

    private func add(_ stretch: MemoryStretch, of segment: MemorySegment, at offset: UInt64, to parts: inout [Part]) {
        let isSame = parts.last.map {
            $0.segment.imageIndex == segment.imageIndex && $0.addresses.upperBound == stretch.addresses.lowerBound
        }
        if isSame != true { parts.append(Part(segment: segment, addresses: stretch.addresses, offset: offset)) }
        let last = parts.count - 1
        parts[last].addresses = parts[last].addresses.lowerBound..<stretch.addresses.upperBound
        guard case .absent(let reason) = stretch.origin else {
            parts[last].present += stretch.byteCount
            return
        }
        if let place = parts[last].absent.firstIndex(where: { $0.reason.isSame(as: reason) }) {
            parts[last].absent[place].count += stretch.byteCount
        } else {
            parts[last].absent.append((reason, stretch.byteCount))
        }
    }
}

extension MemoryStretch.Reason {
    /// Whether a person would call it the same reason: offsets in files do not matter.
    fileprivate func isSame(as other: MemoryStretch.Reason) -> Bool {
        if case .cleanFilePage(let name, _) = self, case .cleanFilePage(let otherName, _) = other {
            return name == otherName
        }
        return self == other
    }
}
