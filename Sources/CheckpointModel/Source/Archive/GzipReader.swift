internal import CRIUImages
internal import CZlib

/// Unpacks gzip through zlib, which checks the sums at the end of each stream.
final class GzipReader {
    private let blocks: PackedBlocks
    /// In memory of its own, since zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
    private var isInside = false
    private var hasEnded = false

    /// What is wrong with the stream; nil if nothing is.
    private(set) var failure: String?

    /// Whether bytes begin as gzip does.
    static func recognises(_ bytes: ImageBytes) -> Bool {
        bytes.count >= 18 && bytes.copy(0..<3) == [0x1F, 0x8B, 8]
    }

    init(_ blocks: PackedBlocks) {
        self.blocks = blocks
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 16 more than the size of the window: gzip, and nothing else.
        let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        if status != Z_OK { failure = "out of memory" }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// The next block of unpacked bytes, valid until the next call; empty at the end, nil at damage.
    func next() -> UnsafeRawBufferPointer? {
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        while failure == nil, !hasEnded, stream.pointee.avail_out > 0, refill() { inflate() }
        let count = output.count - Int(stream.pointee.avail_out)
        // What could be unpacked before the damage is handed over first.
        if count == 0, failure != nil { return nil }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<count])
    }

    /// Sees that there is input.
    private func refill() -> Bool {
        guard stream.pointee.avail_in == 0 else { return true }
        let block = blocks.next()
        guard let base = block.baseAddress, !block.isEmpty else {
            hasEnded = true
            if isInside { failure = "the gzip stream is cut off" }
            return false
        }
        // zlib does not write to its input.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(block.count)
        return true
    }

    private func inflate() {
        // Zeros behind a stream are what tapes are filled with.
        if !isInside, stream.pointee.next_in.pointee == 0 {
            hasEnded = true
            return
        }
        isInside = true
        switch CZlib.inflate(stream, Z_NO_FLUSH) {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            isInside = false
            inflateReset(stream)
        default:
            let detail = stream.pointee.msg.map { String(cString: $0) } ?? "it cannot be unpacked"
            failure = "the gzip stream is damaged: \(detail)"
        }
    }
}
