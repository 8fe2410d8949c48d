/// Bytes of an ELF file in the making, in the word size and order of its machine.
struct ELFBytes {
    let target: ELFTarget
    private(set) var bytes: [UInt8] = []

    init(_ target: ELFTarget) {
        self.target = target
    }

    var count: Int { bytes.count }

    mutating func append(_ more: some Sequence<UInt8>) {
        bytes += more
    }

    /// Appends the lower bytes of a number.
    mutating func append(_ value: UInt64, size: Int) {
        for place in 0..<size {
            let shift = UInt64(8 * (target.isBigEndian ? size - 1 - place : place))
            bytes.append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    mutating func u8(_ value: UInt8) { bytes.append(value) }
    mutating func u16(_ value: UInt16) { append(UInt64(value), size: 2) }
    mutating func u32(_ value: UInt32) { append(UInt64(value), size: 4) }
    mutating func i32(_ value: Int) { append(UInt64(bitPattern: Int64(value)), size: 4) }
    mutating func u64(_ value: UInt64) { append(value, size: 8) }
    /// Appends an address or a `long`.
    mutating func word(_ value: UInt64) { append(value, size: target.wordSize) }

    mutating func zeros(_ count: Int) {
        bytes += repeatElement(0, count: max(count, 0))
    }

    /// Fills with zeros up to a multiple of a size.
    mutating func align(to size: Int) {
        zeros((size - count % size) % size)
    }

    /// Appends text of a fixed size, cut so that a zero byte ends it.
    mutating func text(_ text: [UInt8], size: Int) {
        let kept = text.prefix(size - 1)
        append(kept)
        zeros(size - kept.count)
    }
}
