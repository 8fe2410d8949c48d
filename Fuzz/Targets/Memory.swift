import CRIUImages
import CheckpointAnalysis
import CheckpointTestSupport
import EvidenceText

@testable import CheckpointModel

/// Lays out memory as the input says and reads it: stretches have to follow each other, and say what reading says.
///
/// The input is a list of records of eight bytes: what it is (area, run, run of the parent, pages of either), then numbers.
func fuzzMemory(_ input: [UInt8]) {
    var plan = MemoryPlan()
    for start in stride(from: 0, to: input.count - 7, by: 8) { plan.add(Array(input[start..<(start + 8)])) }
    let checkpoint = plan.source.checkpoint
    guard let process = checkpoint.process(1) else { return }
    if let space = checkpoint.addressSpace(of: process).value {
        checkStretches(of: space, in: 0..<UInt64.max)
        for segment in space.segments {
            checkStretches(of: space, in: segment.addresses)
            checkBytes(of: space, in: segment.addresses)
        }
    }
    readMemory(checkpoint)
}

/// Stretches cover the range, one after the other.
private func checkStretches(of space: AddressSpace, in range: Range<UInt64>) {
    var address = range.lowerBound
    space.forEachStretch(in: range) { stretch in
        require(stretch.addresses.lowerBound == address && !stretch.addresses.isEmpty, "a gap at \(address)")
        require(stretch.bytes.map { UInt64($0.count) == stretch.byteCount } ?? true, "wrong size at \(address)")
        if case .absent = stretch.origin { require(stretch.bytes == nil, "absent bytes at \(address)") }
        address = stretch.addresses.upperBound
    }
    require(address == range.upperBound, "\(range) ends at \(address)")
}

/// Bytes read as a whole are those of the stretches; if a stretch is absent, there are none.
private func checkBytes(of space: AddressSpace, in range: Range<UInt64>) {
    guard range.count <= 1 << 16 else { return }
    var pieces: [UInt8]? = []
    space.forEachStretch(in: range) { stretch in
        if let bytes = stretch.bytes, pieces != nil {
            pieces! += bytes.copy(0..<bytes.count)
        } else if stretch.origin != .absent(.untouched) {
            pieces = nil
        }
    }
    if let whole = space.bytes(in: range).value, let pieces {
        require(whole.count == Int(range.count), "\(range) has \(whole.count) bytes")
        require(pieces.count != whole.count || whole == pieces, "\(range) reads otherwise")
    }
}

/// Areas, page runs and pages.
private struct MemoryPlan {
    private var areas: [MessageBuilder] = []
    private var runs: [[MessageBuilder]] = [[], []]
    private var pages: [[UInt8]] = [[], []]

    mutating func add(_ record: [UInt8]) {
        let level = Int(record[0] >> 7)
        let page = UInt64(record[1]) | UInt64(record[2]) << 8
        let count = UInt64(record[3])
        let address = record[4] & 0x80 == 0 ? page << 12 : ~(page << 12) & ~0xFFF
        switch record[0] & 3 {
        case 0:
            areas.append(
                .area(address, address &+ count << 12, status: UInt64(record[5]) | 0x200, object: UInt64(record[6])))
        case 1: runs[level].append(.run(address, count, flags: UInt64(record[5])))
        case 2: runs[level].append(.oldRun(address, count, inParent: record[5] & 1 == 1))
        default: pages[level] += Array(repeating: record[6], count: (Int(record[3]) & 15) << 12 | Int(record[5]))
        }
    }

    var source: FuzzSource {
        var levels = [FuzzSource(), FuzzSource()]
        for level in 0...1 {
            levels[level]["mm-1.img"] = ImageBuilder(.mm).entry(.memory(areas: areas))
            let head = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1))
            levels[level]["pagemap-1.img"] = runs[level].reduce(head) { $0.entry($1) }
            levels[level].set("pages-1.img", pages[level])
        }
        levels[0].setParent(levels[1])
        return levels[0]
    }
}
