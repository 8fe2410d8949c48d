import CRIUImages

/// Writes netlink messages by hand, in either order of bytes.
struct NetlinkBuilder {
    let order: ByteOrder
    private(set) var bytes: [UInt8] = []

    init(_ order: ByteOrder = .little, _ bytes: [UInt8] = []) {
        self.order = order
        self.bytes = bytes
    }

    /// The bytes of a number in the machine's order.
    func number<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: order == .big ? value.bigEndian : value.littleEndian) { Array($0) }
    }

    /// The same with bytes behind, right or wrong.
    func raw(_ more: [UInt8]) -> NetlinkBuilder { NetlinkBuilder(order, bytes + more) }

    /// The same with a word behind.
    func word(_ value: UInt32) -> NetlinkBuilder { raw(number(value)) }

    /// The same with an attribute behind, filled up to four bytes.
    ///
    /// - Parameter length: What its header says; the true length unless given.
    func attribute(_ type: UInt16, _ value: [UInt8], length: Int? = nil) -> NetlinkBuilder {
        let filler = Array(repeating: UInt8(0), count: (4 - value.count % 4) % 4)
        return raw(number(UInt16(length ?? value.count + 4)) + number(type) + value + filler)
    }

    /// The same with an attribute of attributes behind, marked as such.
    func nested(_ type: UInt16, _ build: (NetlinkBuilder) -> NetlinkBuilder) -> NetlinkBuilder {
        attribute(type | 0x8000, build(NetlinkBuilder(order)).bytes)
    }

    /// The same with a message behind.
    ///
    /// - Parameter length: What its header says; the true length unless given.
    func message(_ type: UInt16, length: Int? = nil, _ build: (NetlinkBuilder) -> NetlinkBuilder) -> NetlinkBuilder {
        let body = build(NetlinkBuilder(order)).bytes
        let head = number(UInt32(length ?? body.count + 16)) + number(type) + number(UInt16(2)) + number(UInt64(0))
        return raw(head + body + Array(repeating: UInt8(0), count: (4 - body.count % 4) % 4))
    }
}
