import CRIUImages
import CheckpointTestSupport

extension MessageBuilder {
    /// A memory area.
    ///
    /// - Parameters:
    ///   - range: The addresses.
    ///   - protection: The `PROT_*` bits.
    ///   - flags: The `MAP_*` bits.
    ///   - status: The `VMA_*` bits: private anonymous memory, unless something else is said.
    ///   - offset: The offset in what is mapped.
    ///   - object: The id of what is mapped.
    ///   - advice: Bits of `MADV_*` constants.
    static func vma(
        _ range: Range<UInt64>, protection: UInt64 = 3, flags: UInt64 = 0x22, status: UInt64 = 0x201,
        offset: UInt64 = 0, object: UInt64 = 0, advice: UInt64? = nil
    ) -> MessageBuilder {
        let area = MessageBuilder().varint(1, range.lowerBound).varint(2, range.upperBound).varint(3, offset)
            .varint(4, object).varint(5, protection).varint(6, flags).varint(7, status).zigzag(8, -1)
        return advice.map { area.varint(9, $0) } ?? area
    }

    /// A private mapping of a file, which can be executed unless something else is said.
    static func file(_ range: Range<UInt64>, protection: UInt64 = 5, offset: UInt64 = 0, object: UInt64 = 7)
        -> MessageBuilder
    {
        vma(range, protection: protection, flags: 2, status: 0x41, offset: offset, object: object)
    }

    /// Shared anonymous memory.
    static func shared(_ range: Range<UInt64>, offset: UInt64 = 0, object: UInt64) -> MessageBuilder {
        vma(range, flags: 0x21, status: 0x101, offset: offset, object: object)
    }
}

/// files.img with regular files.
func filesImage(_ files: [(id: UInt64, path: String, size: UInt64?)]) -> [UInt8] {
    files.reduce(ImageBuilder(.files)) { image, file in
        let owner = (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }
        var record = MessageBuilder().varint(1, file.id).varint(2, 0).varint(3, 0).message(5, owner).text(6, file.path)
        if let size = file.size { record = record.varint(8, size) }
        return image.entry(MessageBuilder().varint(1, 1).varint(2, file.id).message(3, record))
    }.bytes
}

/// A page filled with one byte.
func filled(_ byte: UInt8, pages: Int = 1) -> [UInt8] { Array(repeating: byte, count: 4096 * pages) }

/// core-1.img of a process with an area for restartable sequences.
func coreImage(sequences address: UInt64, length: UInt64 = 32) -> [UInt8] {
    let area = MessageBuilder().varint(1, address).varint(2, length).varint(3, 0x5305_3053)
    let thread = MessageBuilder().varint(1, 0).varint(2, 0).message(15, area)
    return ImageBuilder(.core).entry(MessageBuilder.core(name: "made").message(5, thread)).bytes
}
