internal import CRIUImages
internal import EvidenceText

/// Bytes of a netlink message, in the order of the machine that was dumped. Nothing is read beyond their end.
struct NetlinkBytes {
    let bytes: [UInt8]
    let order: ByteOrder

    var count: Int { bytes.count }

    /// A byte; 0 beyond the end.
    subscript(place: Int) -> UInt8 { place >= 0 && place < bytes.count ? bytes[place] : 0 }

    /// A number in the machine's order; nil if the bytes end before it does.
    func number<Number: FixedWidthInteger & UnsignedInteger>(_ place: Int, as type: Number.Type) -> Number? {
        NetlinkBytes.number(bytes, place, order, as: type)
    }

    /// The whole as a number in the machine's order; nil if it has another size.
    func whole<Number: FixedWidthInteger & UnsignedInteger>(as type: Number.Type) -> Number? {
        count == Number.bitWidth / 8 ? number(0, as: type) : nil
    }

    /// The whole as a number in network order; nil if it has another size.
    func network<Number: FixedWidthInteger & UnsignedInteger>(as type: Number.Type) -> Number? {
        count == Number.bitWidth / 8 ? NetlinkBytes.number(bytes, 0, .big, as: type) : nil
    }

    /// The whole as text up to the first NUL.
    var text: ByteText { ByteText(bytes).withoutEndingNUL }

    private static func number<Number: FixedWidthInteger & UnsignedInteger>(
        _ bytes: [UInt8], _ place: Int, _ order: ByteOrder, as type: Number.Type
    ) -> Number? {
        let size = Number.bitWidth / 8
        guard place >= 0, size <= bytes.count, place <= bytes.count - size else { return nil }
        var value: Number = 0
        for index in 0..<size {
            let byte = order == .big ? bytes[place + index] : bytes[place + size - 1 - index]
            value = value << 8 | Number(byte)
        }
        return value
    }

    /// The bytes from a place to the end; none beyond it.
    func from(_ place: Int) -> NetlinkBytes {
        NetlinkBytes(bytes: Array(bytes.dropFirst(max(place, 0))), order: order)
    }
}

/// A netlink message: what its header says, and what follows.
struct NetlinkMessage {
    let type: UInt16
    let flags: UInt16
    let body: NetlinkBytes
    /// Its number in the image, counted from 0.
    let index: Int
}

/// The attributes of a netlink message, by number. Linear in the bytes to read; constant time to look up.
struct NetlinkAttributes {
    private let values: [UInt16: NetlinkBytes]
    private let numbers: [UInt16]
    /// Whether the bytes end in what is no attribute.
    let isDamaged: Bool

    /// Reads the attributes that begin at a place. Of two with one number the last counts, as for the kernel.
    init(_ body: NetlinkBytes, at start: Int = 0) {
        var values: [UInt16: NetlinkBytes] = [:]
        var numbers: [UInt16] = []
        var place = start
        var isDamaged = start > body.count
        while place < body.count {
            guard let length = body.number(place, as: UInt16.self).map(Int.init), length >= 4,
                length <= body.count - place, let number = body.number(place + 2, as: UInt16.self)
            else {
                isDamaged = true
                break
            }
            // The two highest bits say that there are attributes inside, or that the value is in network order.
            let plain = number & 0x3FFF
            if values.updateValue(
                NetlinkBytes(bytes: Array(body.bytes[(place + 4)..<(place + length)]), order: body.order),
                forKey: plain) == nil
            {
                numbers.append(plain)
            }
            place += (length + 3) & ~3
        }
        (self.values, self.numbers, self.isDamaged) = (values, numbers, isDamaged)
    }

    /// The bytes of an attribute; nil if there is none.
    subscript(number: UInt16) -> NetlinkBytes? { values[number] }

    /// A number of 32 bits in the machine's order; nil if there is none.
    func word(_ number: UInt16) -> UInt32? { values[number]?.whole(as: UInt32.self) }

    /// Text; nil if there is none.
    func text(_ number: UInt16) -> ByteText? { values[number]?.text }

    /// The attributes inside of an attribute; nil if there is none.
    func nested(_ number: UInt16) -> NetlinkAttributes? { values[number].map { NetlinkAttributes($0) } }

    /// The attributes that are not among those that were read, in the order of the message.
    func others(than known: Set<UInt16>) -> [NetlinkAttribute] {
        numbers.filter { !known.contains($0) }.compactMap { number in
            values[number].map { NetlinkAttribute(number: number, bytes: $0.bytes) }
        }
    }
}
