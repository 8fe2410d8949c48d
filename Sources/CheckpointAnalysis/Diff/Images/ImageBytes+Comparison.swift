internal import CRIUImages

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension ImageBytes {
    /// How much is compared between two returns of memory.
    private static let step = 4 << 20

    /// Whether these bytes and others are alike. Of large ones, what was read is given back.
    func isAlike(_ other: ImageBytes) -> Bool { count == other.count && firstDifference(from: other) == nil }

    /// The offset of the first byte that is another, as far as both have bytes; nil if there is none.
    func firstDifference(from other: ImageBytes) -> Int? {
        let end = min(count, other.count)
        for start in stride(from: 0, to: end, by: ImageBytes.step) {
            let part = start..<min(start + ImageBytes.step, end)
            let found = withUnsafeBytes { left in
                other.withUnsafeBytes { right in ImageBytes.firstDifference(left[part], right[part]) }
            }
            if end > 2 * ImageBytes.step {
                release(part)
                other.release(part)
            }
            if let found { return found }
        }
        return nil
    }

    private static func firstDifference(
        _ left: Slice<UnsafeRawBufferPointer>, _ right: Slice<UnsafeRawBufferPointer>
    ) -> Int? {
        guard let old = UnsafeRawBufferPointer(rebasing: left).baseAddress,
            let new = UnsafeRawBufferPointer(rebasing: right).baseAddress, memcmp(old, new, left.count) != 0
        else { return nil }
        return left.indices.first { left[$0] != right[$0] }
    }
}
