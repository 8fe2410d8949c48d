/// Bytes that differ, and those between them if they are few.
public struct ByteDifference: Sendable {
    /// The address of the first byte before.
    public let beforeAddress: UInt64
    /// The address of the first byte after.
    public let afterAddress: UInt64
    /// How many bytes.
    public let byteCount: UInt64
    /// The bytes before, what was never written in zeros; nil if they are not there.
    public let before: [UInt8]?
    /// The bytes after, what was never written in zeros; nil if they are not there.
    public let after: [UInt8]?
}

extension PageChange {
    /// Calls a function with each range of bytes that differ, in order, as long as it wants more. Ranges do not go beyond a
    /// page. Of pages that one side does not have at all, the whole page is one range.
    ///
    /// - Parameters:
    ///   - before: The memory before, as ``MemoryComparison/sides(_:)`` gives it.
    ///   - after: The memory after.
    ///   - gap: Bytes that are alike stand in a range if there are fewer of them between two that differ.
    ///   - body: Gets a range. Returns whether it wants more.
    /// - Returns: Whether all ranges were handed out.
    @discardableResult
    public func forEachDifference<Failure: Error>(
        _ before: ComparedMemory, _ after: ComparedMemory, gap: Int = 16,
        _ body: (ByteDifference) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        if case .unknown = kind { return true }
        let pageSize = min(before.pageSize, after.pageSize)
        var position: UInt64 = 0
        while position < byteCount {
            let rest = pageSize - (afterStart &+ position) % pageSize
            let count = min(rest, byteCount - position)
            guard try differences(at: position, count, before, after, gap, body) else { return false }
            position += count
        }
        return true
    }

    /// - Parameter position: Where the page begins, counted from the first byte.
    private func differences<Failure: Error>(
        at position: UInt64, _ count: UInt64, _ before: ComparedMemory, _ after: ComparedMemory, _ gap: Int,
        _ body: (ByteDifference) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        let (start, otherStart) = (beforeStart + position, afterStart + position)
        let old = before.bytes(in: start..<(start + count))
        let new = after.bytes(in: otherStart..<(otherStart + count))
        for range in Self.ranges(old, new, Int(count), gap) {
            let difference = ByteDifference(
                beforeAddress: start + UInt64(range.lowerBound), afterAddress: otherStart + UInt64(range.lowerBound),
                byteCount: UInt64(range.count), before: old.map { Array($0[range]) },
                after: new.map { Array($0[range]) })
            guard try body(difference) else { return false }
        }
        return true
    }

    private static func ranges(_ old: [UInt8]?, _ new: [UInt8]?, _ count: Int, _ gap: Int) -> [Range<Int>] {
        guard let old, let new else { return [0..<count] }
        var ranges: [Range<Int>] = []
        for offset in 0..<min(old.count, new.count) where old[offset] != new[offset] {
            if let last = ranges.last, offset - last.upperBound < gap {
                ranges[ranges.count - 1] = last.lowerBound..<(offset + 1)
            } else {
                ranges.append(offset..<(offset + 1))
            }
        }
        return ranges
    }
}
