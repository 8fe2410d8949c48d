/// A set of bytes, looked up at once.
struct ByteSet {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    mutating func insert(_ byte: UInt8) {
        withUnsafeMutableBytes(of: &words) { $0[Int(byte >> 3)] |= 1 << (byte & 7) }
    }

    func contains(_ byte: UInt8) -> Bool {
        withUnsafeBytes(of: words) { $0[Int(byte >> 3)] >> (byte & 7) & 1 == 1 }
    }
}
