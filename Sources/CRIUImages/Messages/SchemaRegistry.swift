internal import CCRIUSchema

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Every message of the schema, made once from the C descriptors and the generated notes.
///
/// The pointers in it lead to constants of the binary, so that sharing it between threads is safe.
final class SchemaRegistry: @unchecked Sendable {
    static let shared = SchemaRegistry()

    private let messages: ContiguousArray<MessageSchema>

    private init() {
        let descriptors = MessageType.allCases.map { criu_schema_descriptor($0.rawValue)! }
        let types = Dictionary(uniqueKeysWithValues: zip(descriptors, MessageType.allCases))
        var notes: [MessageType: [UInt32: FieldNote]] = [:]
        for note in FieldNote.all { notes[note.message, default: [:]][note.field] = note }
        var messages = ContiguousArray<MessageSchema>()
        for (descriptor, type) in zip(descriptors, MessageType.allCases) {
            messages.append(MessageSchema(type: type, descriptor: descriptor, types: types, notes: notes[type] ?? [:]))
        }
        for index in messages.indices {
            messages[index].isRecursive = SchemaRegistry.reachesItself(messages[index].type, in: messages)
        }
        self.messages = messages
    }

    subscript(type: MessageType) -> MessageSchema { messages[type.rawValue] }

    /// Whether a message type occurs somewhere below itself or below a message that does.
    private static func reachesItself(_ start: MessageType, in messages: ContiguousArray<MessageSchema>) -> Bool {
        var onPath: Set<MessageType> = []
        var finished: Set<MessageType> = []
        func visit(_ type: MessageType) -> Bool {
            if onPath.contains(type) { return true }
            guard !finished.contains(type) else { return false }
            onPath.insert(type)
            defer {
                onPath.remove(type)
                finished.insert(type)
            }
            return messages[type.rawValue].fields.contains { field in field.message.map(visit) ?? false }
        }
        return visit(start)
    }
}

extension MessageSchema {
    /// Reads a descriptor.
    init(
        type: MessageType, descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
        types: [UnsafePointer<ProtobufCMessageDescriptor>: MessageType], notes: [UInt32: FieldNote]
    ) {
        let count = Int(descriptor.pointee.n_fields)
        let fields = UnsafeBufferPointer(start: descriptor.pointee.fields, count: count)
        self.init(
            type: type, descriptor: descriptor,
            fields: immortal(fields.map { FieldSchema($0, types: types, note: notes[$0.id]) }))
    }
}

/// A copy of values that is never freed.
private func immortal<Element>(_ values: [Element]) -> UnsafeBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
    _ = copy.initialize(from: values)
    return UnsafeBufferPointer(copy)
}

extension FieldSchema {
    /// Reads a descriptor.
    init(
        _ field: ProtobufCFieldDescriptor, types: [UnsafePointer<ProtobufCMessageDescriptor>: MessageType],
        note: FieldNote?
    ) {
        let target = field.descriptor
        let isMessage = field.type == PROTOBUF_C_TYPE_MESSAGE
        self.number = field.id
        self.name = UnsafeRawBufferPointer(start: field.name, count: strlen(field.name))
        let key = Array("\"\(String(cString: field.name))\": ".utf8)
        let padded = immortal(key + Array(repeating: 0, count: max(32 - key.count, 0)))
        self.key = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(padded)[..<key.count])
        self.type = field.type
        self.label = field.label
        self.offset = Int(field.offset)
        self.quantifierOffset = Int(field.quantifier_offset)
        self.message =
            isMessage ? target.flatMap { types[$0.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)] } : nil
        self.values =
            field.type == PROTOBUF_C_TYPE_ENUM ? target?.assumingMemoryBound(to: ProtobufCEnumDescriptor.self) : nil
        self.display = note?.display ?? .plain
        self.isText = note?.isText ?? false
    }
}

extension MessageType {
    var schema: MessageSchema { SchemaRegistry.shared[self] }
}
