import CRIUImages
import CheckpointModel

@testable import CheckpointAnalysis
@testable import CheckpointModel

/// Memory in pieces that are nowhere next to each other in an image.
struct PieceSpace: ByteSpace {
    /// Pieces by ascending address, without overlaps.
    let pieces: [(start: UInt64, bytes: [UInt8], view: SpaceStretch.View?)]

    func stretch(at address: UInt64, before end: UInt64) -> SpaceStretch {
        for piece in pieces {
            let last = piece.start + UInt64(piece.bytes.count)
            if address < piece.start { return SpaceStretch(addresses: address..<min(end, piece.start), bytes: nil) }
            if address >= last { continue }
            let part = Int(address - piece.start)..<Int(min(end, last) - piece.start)
            return SpaceStretch(
                addresses: address..<min(end, last),
                bytes: MemoryStretch.Bytes(bytes: ImageBytes(piece.bytes)[part]), view: piece.view)
        }
        return SpaceStretch(addresses: address..<end, bytes: nil)
    }

    func origin(at address: UInt64) -> MemoryStretch.Origin? { nil }

    /// The contiguous memory in it, each with the number of bytes before each border.
    var extents: [(start: UInt64, bytes: [UInt8])] {
        var extents: [(start: UInt64, bytes: [UInt8])] = []
        for piece in pieces {
            if let last = extents.last, last.start + UInt64(last.bytes.count) == piece.start {
                extents[extents.count - 1].bytes += piece.bytes
            } else {
                extents.append((piece.start, piece.bytes))
            }
        }
        return extents
    }
}

/// A scanner that sees another one's subjects cut smaller.
struct SmallSubjects<Inner: Scanner>: Scanner {
    let inner: Inner
    let block: Int

    var reach: SubjectMaker.Reach {
        var reach = inner.reach
        reach.block = block
        return reach
    }

    var findsOverlap: Bool { inner.findsOverlap }

    func scan(_ subject: Subject, from start: UInt64, _ body: (Range<UInt64>) -> Void) throws(ScanFailure) {
        try inner.scan(subject, from: start, body)
    }

    func end(of find: Range<UInt64>, in space: any ByteSpace) -> UInt64 { inner.end(of: find, in: space) }
}

/// Everything that a scanner finds in pieces of memory.
func finds(_ space: PieceSpace, _ scanner: some Scanner) throws -> [Range<UInt64>] {
    let process = Process.stub
    let end = space.pieces.last.map { $0.start + UInt64($0.bytes.count) + 100 } ?? 1
    let target = MemoryTarget(place: .process(process), space: space, ranges: [0..<end])
    var found: [Range<UInt64>] = []
    _ = try ParallelScan(targets: [target], scanner: scanner, limit: nil).run { batch in
        var addresses: [Range<UInt64>] = []
        batch.forEach { addresses.append($0.addresses) }
        return addresses
    } _: { _, addresses in
        found += addresses
        return true
    }
    return found
}

extension Process {
    /// A process of which nothing is known.
    static var stub: Process {
        Process(
            pid: 1, parentID: .value(0), groupID: .value(1), sessionID: .value(1), state: .missing(.ended),
            name: .missing(.ended), exitCode: .missing(.ended), threads: [], depth: 0, imageIndex: 0,
            ids: ProcessImageIDs(objects: .missing(.ended)))
    }
}
