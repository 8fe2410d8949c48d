/// Writes a protobuf message by hand, so that a test can make what no encoder would.
///
/// Each function returns a longer message: `MessageBuilder().varint(1, 5).text(2, "name")`.
public struct MessageBuilder: Sendable {
    /// The bytes so far.
    public private(set) var bytes: [UInt8]

    /// Begins a message with bytes that are written already.
    public init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// Appends bytes as they are, right or wrong.
    public func raw(_ more: [UInt8]) -> MessageBuilder {
        MessageBuilder(bytes + more)
    }

    /// Appends a field's tag.
    public func tag(_ field: UInt32, wireType: UInt64) -> MessageBuilder {
        raw(varintBytes(UInt64(field) << 3 | wireType))
    }

    /// Appends a field of wire type 0.
    public func varint(_ field: UInt32, _ value: UInt64) -> MessageBuilder {
        tag(field, wireType: 0).raw(varintBytes(value))
    }

    /// Appends a field of wire type 0 as the types int32 and int64 have negative numbers: in ten bytes.
    public func signed(_ field: UInt32, _ value: Int64) -> MessageBuilder {
        varint(field, UInt64(bitPattern: value))
    }

    /// Appends a field of wire type 0 as the types sint32 and sint64 have it: the sign in the lowest bit.
    public func zigzag(_ field: UInt32, _ value: Int64) -> MessageBuilder {
        varint(field, UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    /// Appends a field of wire type 5.
    public func fixed32(_ field: UInt32, _ value: UInt32) -> MessageBuilder {
        tag(field, wireType: 5).raw((0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
    }

    /// Appends a field of wire type 1.
    public func fixed64(_ field: UInt32, _ value: UInt64) -> MessageBuilder {
        tag(field, wireType: 1).raw((0..<8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
    }

    /// Appends a field of wire type 2.
    public func bytes(_ field: UInt32, _ value: [UInt8]) -> MessageBuilder {
        tag(field, wireType: 2).raw(varintBytes(UInt64(value.count)) + value)
    }

    /// Appends a field of wire type 2 with the UTF-8 of a string.
    public func text(_ field: UInt32, _ value: String) -> MessageBuilder {
        bytes(field, Array(value.utf8))
    }

    /// Appends a field of wire type 2 with a nested message.
    public func message(_ field: UInt32, _ value: MessageBuilder) -> MessageBuilder {
        bytes(field, value.bytes)
    }
}

/// A number in base 128, the lowest digits first.
public func varintBytes(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
    }
    return bytes + [UInt8(rest)]
}
