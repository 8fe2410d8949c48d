internal import CRIUImages

/// Hands a packed archive to libarchive block by block: gzip unpacked, since libarchive does not check its sums, everything
/// else as it is.
final class ArchiveInput {
    private let blocks: PackedBlocks
    private let gzip: GzipReader?

    /// - Parameter report: Told after each block how many packed bytes have been read, and in the end that all have.
    init(_ bytes: ImageBytes, report: ((Int) -> Void)?) {
        blocks = PackedBlocks(bytes, report: report)
        gzip = GzipReader.recognises(bytes) ? GzipReader(blocks) : nil
    }

    /// What is wrong with the stream; nil if nothing is, or if libarchive finds it out.
    var failure: String? { gzip?.failure }

    /// The next block, valid until the next call; empty at the end, nil at damage.
    func next() -> UnsafeRawBufferPointer? {
        if let gzip { return gzip.next() }
        return blocks.next()
    }
}

/// The blocks of a packed archive. The memory of what has been read is given back to the kernel.
final class PackedBlocks {
    private let bytes: ImageBytes
    private var window: ReleaseWindow
    private var offset = 0
    private let report: ((Int) -> Void)?

    private static let blockSize = 256 << 10

    init(_ bytes: ImageBytes, report: ((Int) -> Void)?) {
        self.bytes = bytes
        self.window = ReleaseWindow(bytes, from: 0)
        self.report = report
    }

    deinit {
        report?(bytes.count)
    }

    /// The next block, empty at the end. It stays valid for as long as the bytes.
    func next() -> UnsafeRawBufferPointer {
        window.advance(to: offset)
        if offset < bytes.count { report?(offset) }
        let end = min(offset + PackedBlocks.blockSize, bytes.count)
        defer { offset = end }
        return bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[offset..<end]) }
    }
}
