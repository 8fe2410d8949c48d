internal import CRIUImages

/// Copies some ranges of a content that streams by.
struct RangeCollector {
    private var ranges: [(range: Range<Int>, bytes: [UInt8])]
    /// The first range that is not complete.
    private var next = 0

    /// - Parameter ranges: By ascending offset, without overlaps.
    init(_ ranges: [Range<Int>]) {
        self.ranges = ranges.map { ($0, []) }
    }

    /// Takes the next block of the content. Blocks come in order; what lies between them is a hole.
    mutating func add(_ block: UnsafeRawBufferPointer, at offset: Int) {
        let end = offset + block.count
        while next < ranges.count, ranges[next].range.lowerBound < end {
            let wanted = ranges[next].range.clamped(to: offset..<end)
            let reached = ranges[next].range.lowerBound + ranges[next].bytes.count
            // A hole comes before: the range is left to be unpacked.
            guard wanted.isEmpty || wanted.lowerBound == reached else {
                ranges.remove(at: next)
                continue
            }
            ranges[next].bytes += UnsafeRawBufferPointer(
                rebasing: block[(wanted.lowerBound - offset)..<(wanted.upperBound - offset)])
            guard ranges[next].range.upperBound <= end else { return }
            next += 1
        }
    }

    /// The complete ranges.
    var stretches: [DeferredBytes.Stretch] {
        ranges[..<next].map { DeferredBytes.Stretch(offset: $0.range.lowerBound, bytes: ImageBytes($0.bytes)) }
    }
}
