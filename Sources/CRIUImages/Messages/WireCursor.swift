/// Steps through the fields of a message on the wire, trusting nothing.
struct WireCursor {
    /// One field on the wire.
    struct Field {
        let number: UInt32
        let wireType: WireType
        /// The offset of the tag.
        let start: Int
        /// The value: the content of a length-delimited field, else the bytes of the number.
        let value: Range<Int>
    }

    private let bytes: UnsafeRawBufferPointer
    private(set) var offset: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        self.offset = range.lowerBound
        self.end = range.upperBound
    }

    /// What stands in the way of reading on.
    enum Fault: Error {
        case badVarint
        case badTag
        case badWireType(UInt64)
        case cutOff
    }

    /// Reads the next field; nil at the end. After a fault, ``offset`` is where it is.
    mutating func next() throws(Fault) -> Field? {
        guard offset < end else { return nil }
        let start = offset
        var cursor = offset
        let tag = try varint(&cursor)
        guard let number = UInt32(exactly: tag >> 3), number > 0, number < 1 << 29 else { throw .badTag }
        guard let wireType = WireType(rawValue: tag & 7) else { throw .badWireType(tag & 7) }
        let value = try self.value(wireType, at: cursor)
        offset = value.upperBound
        return Field(number: number, wireType: wireType, start: start, value: value)
    }

    private func value(_ wireType: WireType, at cursor: Int) throws(Fault) -> Range<Int> {
        var cursor = cursor
        switch wireType {
        case .varint:
            let start = cursor
            _ = try varint(&cursor)
            return start..<cursor
        case .fixed32: return try span(4, at: cursor)
        case .fixed64: return try span(8, at: cursor)
        case .lengthDelimited:
            let length = try varint(&cursor)
            guard let length = Int(exactly: length) else { throw .cutOff }
            return try span(length, at: cursor)
        }
    }

    private func span(_ length: Int, at cursor: Int) throws(Fault) -> Range<Int> {
        guard end - cursor >= length else { throw .cutOff }
        return cursor..<(cursor + length)
    }

    private func varint(_ cursor: inout Int) throws(Fault) -> UInt64 {
        var result: UInt64 = 0
        for index in 0..<10 {
            guard cursor < end else { throw .cutOff }
            let byte = bytes[cursor]
            cursor += 1
            result |= UInt64(byte & 0x7F) << UInt64(index * 7)
            if byte < 0x80 { return result }
        }
        throw .badVarint
    }
}
