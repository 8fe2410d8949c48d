internal import CRIUImages

/// Pages that the pages image holds in blocks of LZ4, each of one page or of a region of several.
public struct CompressedPages: Sendable, Equatable {
    /// How many bytes a block unpacks to; the last one of a run may be shorter.
    let blockBytes: UInt64
    /// How many bytes all blocks unpack to.
    let byteCount: UInt64
    /// Where each block begins in the pages image, and where the last one ends.
    let offsets: [UInt64]

    private let pageSize: UInt64

    /// A region of more than this is in no real image, and would be unpacked for each of its pages.
    private static let blockLimit: UInt64 = 16 << 20

    /// - Returns: nil if the blocks cannot be those of so many pages.
    init?(_ sizes: [UInt32], _ pageCount: UInt64, blockPages: UInt64, _ pageSize: UInt64) {
        let blockBytes = blockPages.multipliedCapped(pageSize)
        guard blockBytes <= CompressedPages.blockLimit,
            (pageCount - 1) / blockPages + 1 == UInt64(sizes.count)
        else { return nil }
        self.blockBytes = blockBytes
        self.pageSize = pageSize
        byteCount = pageCount * pageSize
        var end: UInt64 = 0
        var offsets: [UInt64] = [0]
        offsets.reserveCapacity(sizes.count + 1)
        for (index, size) in sizes.enumerated() {
            let unpacked = min(blockBytes, byteCount - UInt64(index) * blockBytes)
            guard size <= unpacked else { return nil }
            end += UInt64(size)
            offsets.append(end)
        }
        self.offsets = offsets
    }

    private init(_ other: CompressedPages, at place: UInt64) {
        (blockBytes, byteCount, pageSize) = (other.blockBytes, other.byteCount, other.pageSize)
        offsets = other.offsets.map { $0.addingCapped(place) }
    }

    /// The same blocks, behind other bytes of the pages image.
    func placed(at place: UInt64) -> CompressedPages { CompressedPages(self, at: place) }

    /// How many pages are in blocks that end within the first bytes of the pages image.
    func pageCount(within held: UInt64) -> UInt64 {
        let blocks = offsets.dropFirst().prefix { $0 <= held }.count
        return min(UInt64(blocks) * blockBytes, byteCount) / pageSize
    }

    /// The bytes of the block that has a byte of the run.
    ///
    /// - Parameters:
    ///   - offset: The offset of the byte in the unpacked run.
    ///   - pages: The pages image.
    /// - Returns: Where the block begins in the run, and its bytes, or why they cannot be had.
    func block(at offset: UInt64, in pages: DeferredBytes) -> (start: UInt64, bytes: Known<ImageBytes>) {
        let index = Int(offset / blockBytes)
        let start = UInt64(index) * blockBytes
        let count = Int(min(blockBytes, byteCount - start))
        let place = Int(offsets[index])..<Int(offsets[index + 1])
        if place.isEmpty { return (start, .value(ImageBytes(Array(repeating: 0, count: count)))) }
        let packed = pages.bytes(place)
        if place.count == count { return (start, packed) }
        return (start, packed.flatMap { CompressedPages.unpacked($0, count) })
    }

    /// Where the blocks are in the pages image that have some bytes of the run.
    ///
    /// - Parameter part: The bytes in the unpacked run; not empty.
    func stored(_ part: Range<UInt64>) -> Range<UInt64> {
        let first = Int(clamping: part.lowerBound / blockBytes)
        let last = Int(clamping: (part.upperBound - 1) / blockBytes)
        return offsets[min(first, offsets.count - 1)]..<offsets[min(last, offsets.count - 2) + 1]
    }

    private static func unpacked(_ block: ImageBytes, _ count: Int) -> Known<ImageBytes> {
        let bytes = block.withUnsafeBytes { LZ4Block.unpack($0, to: count) }
        return bytes.map { .value(ImageBytes($0)) } ?? .missing(Absence(.damaged, "the pages are not a block of LZ4"))
    }
}
