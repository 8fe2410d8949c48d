/// The order of bytes in the framing words, payload words and page contents of an image: the writer's.
///
/// Protobuf bodies are the same in both. Of the machines that CRIU supports only s390x is big-endian.
public enum ByteOrder: String, Sendable, CaseIterable {
    /// x86, ARM, RISC-V, LoongArch, MIPS and POWER as distributions build them.
    case little
    /// s390x.
    case big
}

extension UnsafeRawBufferPointer {
    /// The 32-bit word at an offset.
    ///
    /// - Precondition: The word lies within the buffer.
    func word(at offset: Int, _ order: ByteOrder) -> UInt32 {
        let word = loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        return order == .little ? UInt32(littleEndian: word) : UInt32(bigEndian: word)
    }

    /// The 16-bit word at an offset.
    ///
    /// - Precondition: The word lies within the buffer.
    func halfWord(at offset: Int, _ order: ByteOrder) -> UInt16 {
        let word = loadUnaligned(fromByteOffset: offset, as: UInt16.self)
        return order == .little ? UInt16(littleEndian: word) : UInt16(bigEndian: word)
    }
}
