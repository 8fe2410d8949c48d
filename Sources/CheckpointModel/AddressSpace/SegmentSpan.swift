/// Addresses at which one area is seen: an area, but for those that lie in it.
public struct SegmentSpan: Sendable {
    /// The addresses, at least one.
    public let addresses: Range<UInt64>
    /// The area's place among the areas.
    public let segment: Int

    /// The spans of areas that are sorted by their first address: sorted too, and without overlaps. At most two for each
    /// area, in linear time.
    static func spans(of segments: [MemorySegment]) -> [SegmentSpan] {
        var spans: [SegmentSpan] = []
        spans.reserveCapacity(segments.count)
        // The areas that have begun, the last one on top.
        var open: [Int] = []
        var position: UInt64 = 0
        func advance(to end: UInt64) {
            while position < end, let top = open.last {
                let limit = min(end, segments[top].addresses.upperBound)
                if limit > position {
                    spans.append(SegmentSpan(addresses: position..<limit, segment: top))
                    position = limit
                }
                if segments[top].addresses.upperBound <= position { open.removeLast() }
            }
            position = max(position, end)
        }
        for (index, segment) in segments.enumerated() {
            advance(to: segment.addresses.lowerBound)
            open.append(index)
        }
        advance(to: .max)
        return spans
    }
}
