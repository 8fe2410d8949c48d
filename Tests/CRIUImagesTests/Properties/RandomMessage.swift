import CCRIUSchema
import CheckpointTestSupport

@testable import CRIUImages

/// Writes random messages of any type, in the canonical form: fields in ascending order, nothing packed.
struct RandomMessage {
    var generator: SeededGenerator
    /// How deep optional messages are nested.
    private let depthLimit = 4

    init(_ generator: SeededGenerator) {
        self.generator = generator
    }

    /// Makes a message.
    ///
    /// - Parameters:
    ///   - fixed: Values of number fields of the outermost message, by their names; nil for a field that is absent.
    mutating func message(_ type: MessageType, fixed: [String: UInt64?] = [:], depth: Int = 0) -> MessageBuilder {
        var parts: [(number: UInt32, message: MessageBuilder)] = unknownFields(besides: type.schema)
        for field in type.schema.fields {
            if let value = fixed[field.nameText] {
                parts.append(
                    (field.number, value.map { MessageBuilder().varint(field.number, $0) } ?? MessageBuilder()))
            } else {
                parts.append((field.number, values(of: field, depth: depth)))
            }
        }
        return MessageBuilder(parts.sorted { $0.number < $1.number }.flatMap(\.message.bytes))
    }

    private mutating func values(of field: FieldSchema, depth: Int) -> MessageBuilder {
        let isDeep = field.message != nil && depth >= depthLimit
        let count =
            switch field.label {
            case PROTOBUF_C_LABEL_REQUIRED: 1
            case PROTOBUF_C_LABEL_REPEATED: isDeep ? 0 : Int.random(in: 0...3, using: &generator)
            default: isDeep ? 0 : Int.random(in: 0...1, using: &generator)
            }
        var message = MessageBuilder()
        for _ in 0..<count { message = message.raw(value(of: field, depth: depth).bytes) }
        return message
    }

    private mutating func value(of field: FieldSchema, depth: Int) -> MessageBuilder {
        let empty = MessageBuilder()
        if let type = field.message { return empty.message(field.number, message(type, depth: depth + 1)) }
        if let values = field.values { return empty.signed(field.number, enumValue(values)) }
        switch field.type {
        case PROTOBUF_C_TYPE_BYTES: return empty.bytes(field.number, bytes())
        case PROTOBUF_C_TYPE_BOOL: return empty.varint(field.number, generator.next() & 1)
        case PROTOBUF_C_TYPE_UINT32: return empty.varint(field.number, number() & 0xFFFF_FFFF)
        case PROTOBUF_C_TYPE_UINT64: return empty.varint(field.number, number())
        case PROTOBUF_C_TYPE_INT32:
            return empty.signed(field.number, Int64(Int32(truncatingIfNeeded: number())))
        case PROTOBUF_C_TYPE_INT64: return empty.signed(field.number, Int64(bitPattern: number()))
        case PROTOBUF_C_TYPE_SINT32:
            return empty.zigzag(field.number, Int64(Int32(truncatingIfNeeded: number())))
        case PROTOBUF_C_TYPE_SINT64: return empty.zigzag(field.number, Int64(bitPattern: number()))
        case PROTOBUF_C_TYPE_FIXED64: return empty.fixed64(field.number, number())
        default: preconditionFailure("no image has fields of type \(field.type)")
        }
    }

    private mutating func unknownFields(besides schema: MessageSchema) -> [(number: UInt32, message: MessageBuilder)] {
        guard Int.random(in: 0..<4, using: &generator) == 0 else { return [] }
        let numbers = Set((0..<3).map { _ in UInt32.random(in: 1...200, using: &generator) })
        return numbers.filter { schema.field(numbered: $0) == nil }.map { ($0, unknownField($0)) }
    }

    private mutating func unknownField(_ number: UInt32) -> MessageBuilder {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: MessageBuilder().varint(number, self.number())
        case 1: MessageBuilder().fixed32(number, UInt32(truncatingIfNeeded: self.number()))
        case 2: MessageBuilder().fixed64(number, self.number())
        default: MessageBuilder().bytes(number, bytes())
        }
    }

    /// A number of any size: small ones, and those around powers of two, are as frequent as others.
    private mutating func number() -> UInt64 {
        let number = generator.next() >> (generator.next() % 64)
        return generator.next() % 4 == 0 ? 0 &- number : number
    }

    /// A value that the enum has, or rarely one that it does not have.
    private mutating func enumValue(_ values: UnsafePointer<ProtobufCEnumDescriptor>) -> Int64 {
        if generator.next() % 8 == 0 { return Int64(Int32(truncatingIfNeeded: number())) }
        let list = UnsafeBufferPointer(start: values.pointee.values, count: Int(values.pointee.n_values))
        return Int64(list.randomElement(using: &generator)!.value)
    }

    /// Bytes of any sort, or text.
    mutating func bytes() -> [UInt8] {
        let count = Int(generator.next() % 6 == 0 ? generator.next() % 300 : generator.next() % 12)
        let isText = generator.next() % 2 == 0
        return (0..<count).map { _ in
            UInt8(truncatingIfNeeded: isText ? 0x20 + generator.next() % 0x5F : generator.next())
        }
    }
}
