internal import CRIUImages

/// Where the first header of a tar is that begins with damage.
///
/// libarchive knows a tar by its first header. If that one is damaged, the others still tell what it is.
struct ArchiveStart {
    /// The offset of the first header; 0 if the archive begins as one should, or if there is no header.
    let offset: Int

    private static let block = 512
    /// How far a header is looked for.
    private static let limit = 16 << 20

    init(of bytes: ImageBytes) {
        offset = bytes.withUnsafeBytes { bytes in
            guard bytes.count >= ArchiveStart.block, bytes[0] != 0 else { return 0 }
            if ArchiveSignature.isPacked(bytes) || ArchiveStart.isHeader(bytes, 0) { return 0 }
            let last = min(bytes.count, ArchiveStart.limit) - ArchiveStart.block
            let places = stride(from: ArchiveStart.block, through: last, by: ArchiveStart.block)
            return places.first { ArchiveStart.hasMagic(bytes, $0) && ArchiveStart.isHeader(bytes, $0) } ?? 0
        }
    }

    private static func hasMagic(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        bytes[(offset + 257)..<(offset + 262)].elementsEqual("ustar".utf8)
    }

    /// Whether the sum in a block is that of its bytes, as it is in headers.
    private static func isHeader(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        // The sum is made with blanks in its own place.
        let (field, blank) = (148..<156, 32)
        let sum = (0..<block).reduce(0) { $0 + (field.contains($1) ? blank : Int(bytes[offset + $1])) }
        let digits = field.map { bytes[offset + $0] }.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        return !digits.isEmpty && digits.reduce(0) { $0 * 8 + Int($1 - 0x30) } == sum
    }
}
