import CRIUImages
import CheckpointTestSupport
import Testing

/// Nesting that a check of the depth could be led past.
@Suite("Nesting behind fields that cannot be")
struct HiddenNestingTests {
    /// A namespace in a namespace and so on, each beginning with bytes that a careful reader stops at.
    private func nested(_ depth: Int, behind prefix: [UInt8]) -> [UInt8] {
        var inner: [UInt8] = []
        for _ in 0..<depth {
            var size = UInt64(inner.count)
            var length: [UInt8] = []
            repeat {
                length.append(UInt8(size & 0x7F) | (size > 0x7F ? 0x80 : 0))
                size >>= 7
            } while size > 0
            inner = prefix + [0x1A] + length + inner
        }
        return inner
    }

    @Test(
        "The message is refused, not followed",
        arguments: [
            // A field number beyond 2^29, field number 0, and a length of more than 32 bits.
            [0xA8, 0x80, 0x80, 0x80, 0x10, 0x00], [0x00, 0x00], [0x80, 0x00, 0x00],
            [0x12, 0x80, 0x80, 0x80, 0x80, 0x10],
        ] as [[UInt8]])
    func refused(_ prefix: [UInt8]) throws {
        let inner = nested(5000, behind: prefix)
        var image = ImageBuilder(.apparmor)
        image.append(word: UInt32(inner.count))
        image.append(inner)
        var cursor = try ImageFile(ImageBytes(image.bytes), name: "apparmor.img").entries()
        #expect(throws: ImageError.self) { try cursor.next() }
    }
}
