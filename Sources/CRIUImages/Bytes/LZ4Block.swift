internal import CLZ4

/// Blocks of LZ4, as compressed pages images have them: without a frame, of a known size when unpacked.
public enum LZ4Block {
    /// Unpacks a block.
    ///
    /// - Parameters:
    ///   - block: The packed bytes.
    ///   - count: How many bytes it unpacks to. They are allocated: the caller bounds the number.
    /// - Returns: The bytes, or nil if it is not a block of that many.
    public static func unpack(_ block: UnsafeRawBufferPointer, to count: Int) -> [UInt8]? {
        guard let source = block.baseAddress, let packed = Int32(exactly: block.count),
            let wanted = Int32(exactly: count)
        else { return nil }
        var isWhole = false
        let bytes = Array<UInt8>(unsafeUninitializedCapacity: count) { buffer, used in
            let target = UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
            let size = LZ4_decompress_safe(source.assumingMemoryBound(to: CChar.self), target, packed, wanted)
            isWhole = size == wanted
            used = isWhole ? count : 0
        }
        return isWhole ? bytes : nil
    }
}
