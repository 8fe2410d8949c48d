internal import CNettle

/// A SHA-256 digest in the making. libnettle computes it, with the processor's own instructions where it has them.
public struct SHA256: ~Copyable {
    private var context = sha256_ctx()

    /// Begins a digest.
    public init() {
        nettle_sha256_init(&context)
    }

    /// Adds bytes.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        nettle_sha256_update(&context, bytes.count, base.assumingMemoryBound(to: UInt8.self))
    }

    /// Adds zeros, as a hole in a file reads.
    ///
    /// - Complexity: Linear in `count`: a caller bounds it.
    public mutating func update(zeros count: UInt64) {
        var left = count
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { block in
            block.initializeMemory(as: UInt8.self, repeating: 0)
            while left > 0 {
                let part = min(left, UInt64(block.count))
                update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(block)[..<Int(part)]))
                left -= part
            }
        }
    }

    /// The digest in 64 lower-case hexadecimal digits.
    public consuming func finish() -> String {
        var digest: [UInt8] = Array(repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        nettle_sha256_digest(&context, digest.count, &digest)
        // There can be millions of digests.
        return String(unsafeUninitializedCapacity: 2 * digest.count) { text in
            for (place, byte) in digest.enumerated() {
                text.initializeElement(at: 2 * place, to: digits[Int(byte >> 4)])
                text.initializeElement(at: 2 * place + 1, to: digits[Int(byte & 15)])
            }
            return 2 * digest.count
        }
    }
}

private let digits = Array("0123456789abcdef".utf8)

extension ImageBytes {
    /// The SHA-256 of all bytes, in hexadecimal. Memory stays flat: what has been read is given back.
    public func sha256() -> String {
        var digest = SHA256()
        let step = 4 << 20
        for start in stride(from: 0, to: count, by: step) {
            let part = start..<min(start + step, count)
            withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[part])) }
            if count > 2 * step { release(part) }
        }
        return digest.finish()
    }
}
