/// Collects a message in protobuf's wire form.
struct WireBuffer {
    private(set) var bytes: [UInt8] = []

    /// How many bytes there are.
    var count: Int { bytes.count }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func append(tag number: UInt32, _ type: WireType) {
        append(varint: UInt64(number) << 3 | type.rawValue)
    }

    mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func append(fixed32 value: UInt32) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
    }

    mutating func append(fixed64 value: UInt64) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift))) }
    }

    mutating func append(_ more: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: more)
    }

    mutating func append(_ more: [UInt8]) {
        bytes.append(contentsOf: more)
    }

    /// Puts the length of everything since an offset before it.
    mutating func insertLength(at start: Int) {
        var length = WireBuffer()
        let count = bytes.count - start
        if count < 0x80 {
            bytes.insert(UInt8(count), at: start)
        } else {
            length.append(varint: UInt64(count))
            bytes.insert(contentsOf: length.bytes, at: start)
        }
    }

    /// Puts the pieces since an offset into a new order.
    mutating func reorder(from start: Int, _ pieces: [Range<Int>]) {
        let sorted = pieces.flatMap { bytes[$0] }
        bytes.replaceSubrange(start..., with: sorted)
    }
}
