/// Whether all bytes are zero.
func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let wide = MemoryLayout<SIMD8<UInt64>>.size
    var offset = 0
    while offset + wide <= bytes.count {
        if bytes.loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt64>.self) != .zero { return false }
        offset += wide
    }
    return bytes[offset...].allSatisfy { $0 == 0 }
}
