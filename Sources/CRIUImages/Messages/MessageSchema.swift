internal import CCRIUSchema

/// How a field is stored in a C struct and on the wire.
struct FieldSchema {
    let number: UInt32
    /// The bytes of the field's name, in constant memory.
    let name: UnsafeRawBufferPointer
    /// The name as the key of a JSON object, with quotes, colon and space, in memory that is never freed, and that can be
    /// read up to 32 bytes if the key is shorter.
    let key: UnsafeRawBufferPointer
    let type: ProtobufCType
    let label: ProtobufCLabel
    /// Where the value (or the pointer to the values) is in the struct.
    let offset: Int
    /// Where the struct says whether the value is there, or how many values there are.
    let quantifierOffset: Int
    /// The message of a message field.
    let message: MessageType?
    /// The values of an enum field.
    let values: UnsafePointer<ProtobufCEnumDescriptor>?
    let display: DisplayHint
    /// Whether the bytes are text (a `string` in the .proto file).
    let isText: Bool

    /// The name as a string.
    var nameText: String { String(decoding: name, as: UTF8.self) }

    /// The wire type of one unpacked value.
    var wireType: WireType {
        switch type {
        case PROTOBUF_C_TYPE_FIXED32, PROTOBUF_C_TYPE_SFIXED32, PROTOBUF_C_TYPE_FLOAT: .fixed32
        case PROTOBUF_C_TYPE_FIXED64, PROTOBUF_C_TYPE_SFIXED64, PROTOBUF_C_TYPE_DOUBLE: .fixed64
        case PROTOBUF_C_TYPE_STRING, PROTOBUF_C_TYPE_BYTES, PROTOBUF_C_TYPE_MESSAGE: .lengthDelimited
        default: .varint
        }
    }
}

/// A message of the schema, ready to be decoded and walked.
struct MessageSchema {
    let type: MessageType
    let descriptor: UnsafePointer<ProtobufCMessageDescriptor>
    /// The fields in ascending order of their numbers, in memory that is never freed: a schema is copied on hot paths,
    /// and must not count references.
    let fields: UnsafeBufferPointer<FieldSchema>
    /// Whether a message of this type can hold another one of this type, at any depth.
    var isRecursive = false

    /// The field with a number; nil if there is none. Logarithmic in the number of fields.
    func field(numbered number: UInt32) -> FieldSchema? {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            if fields[middle].number < number { low = middle + 1 } else { high = middle }
        }
        return low < fields.count && fields[low].number == number ? fields[low] : nil
    }
}

/// The wire types of protobuf that images use.
enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
}
