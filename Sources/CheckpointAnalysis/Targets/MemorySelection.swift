public import CheckpointModel
public import EvidenceText

/// Which memory is gone through. What is empty or nil selects everything.
public struct MemorySelection: Sendable {
    /// The processes.
    public var pids: Set<Int> = []
    /// The names of areas: all of it, its last part behind a `/`, or without brackets; `anonymous` for no name.
    public var names: [ByteText] = []
    /// The access rights that areas have at least.
    public var protection: MemorySegment.Protection?
    /// The addresses.
    public var addresses: Range<UInt64>?

    /// Everything.
    public init() {}

    /// Whether it selects addresses, so that files and queues are left out.
    var isOfAddresses: Bool { !names.isEmpty || protection != nil || addresses != nil }

    func includes(pid: Int) -> Bool { pids.isEmpty || pids.contains(pid) }

    /// The selected addresses of areas: ascending, and none begins where another ends.
    public func ranges(of segments: [MemorySegment]) -> [Range<UInt64>] {
        let all = segments.filter(includes).map { $0.addresses.clamped(to: addresses ?? 0..<UInt64.max) }
        return merged(all)
    }

    /// Whether the name and the access rights of an area are selected.
    public func includes(_ segment: MemorySegment) -> Bool {
        if let protection, !segment.protection.isSuperset(of: protection) { return false }
        return names.isEmpty || names.contains { matches(segment.name, $0) }
    }

    private func matches(_ name: ByteText, _ wanted: ByteText) -> Bool {
        if name.isEmpty { return wanted == "anonymous" }
        if name == wanted { return true }
        if name.bytes.first == UInt8(ascii: "[") { return Array(name.bytes.dropFirst().dropLast()) == wanted.bytes }
        return name.bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) == wanted.bytes } ?? false
    }
}

/// Ranges sorted and joined where they touch.
func merged(_ ranges: [Range<UInt64>]) -> [Range<UInt64>] {
    var result: [Range<UInt64>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
        if let last = result.last, last.upperBound >= range.lowerBound {
            result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            result.append(range)
        }
    }
    return result
}
