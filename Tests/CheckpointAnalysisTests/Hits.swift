import CheckpointModel
import Synchronization

@testable import CheckpointAnalysis

/// A hit, without what a test does not compare.
struct Hit: Hashable, CustomStringConvertible {
    /// The process; 0 for what is none.
    var pid = 1
    /// The address, or the offset.
    let address: UInt64
    let count: UInt64

    init(pid: Int = 1, _ address: UInt64, _ count: UInt64) {
        (self.pid, self.address, self.count) = (pid, address, count)
    }

    init(_ hit: SearchHit) {
        pid = hit.place.pid ?? 0
        address = hit.addresses.lowerBound
        count = hit.addresses.upperBound - hit.addresses.lowerBound
    }

    var description: String { "\(pid):\(String(address, radix: 16))+\(count)" }
}

/// Everything that a search finds, in order.
func search(
    _ checkpoint: Checkpoint, _ pattern: SearchPattern, _ selection: MemorySelection = MemorySelection(),
    context: Int = 0, limit: Int? = nil
) throws -> [SearchHit] {
    var all: [SearchHit] = []
    _ = try MemorySearch(checkpoint, selection, pattern, context: context, limit: limit).run {
        $0
    } _: { hits in
        all += hits
        return true
    }
    return all
}

/// Everything that a search for text finds.
func hits(_ checkpoint: Checkpoint, text: String, limit: Int? = nil) throws -> [Hit] {
    try search(checkpoint, SearchPattern(text: text), limit: limit).map(Hit.init)
}

/// Everything that a search for an expression finds.
func hits(_ checkpoint: Checkpoint, expression: String) throws -> [Hit] {
    try search(checkpoint, SearchPattern(expression: expression)).map(Hit.init)
}
