import CCRIUSchema
import Testing

@testable import CRIUImages

@Suite("Schema")
struct SchemaTests {
    private let table: SchemaTable
    private let schemas: [String: MessageSchema]

    init() throws {
        table = try SchemaTable()
        schemas = Dictionary(uniqueKeysWithValues: MessageType.allCases.map { ($0.schema.name, $0.schema) })
    }

    @Test("Every message of the table is there, and no other")
    func messages() {
        #expect(table.messages.count == 165)
        #expect(schemas.keys.sorted() == table.messages.keys.sorted())
        #expect(criu_schema_message_count == MessageType.allCases.count)
        #expect(criu_schema_descriptor(MessageType.allCases.count) == nil)
    }

    @Test("Every field has its number, name and label, and there is no other")
    func fields() throws {
        for (name, fields) in table.messages {
            let schema = try #require(schemas[name])
            let found = schema.fields.map { "\($0.number) \($0.nameText) \(label($0))" }
            #expect(found == fields.map { "\($0.number) \($0.name) \($0.label)" }, "\(name)")
        }
    }

    private func label(_ field: FieldSchema) -> String {
        switch field.label {
        case PROTOBUF_C_LABEL_REQUIRED: "required"
        case PROTOBUF_C_LABEL_REPEATED: "repeated"
        default: "optional"
        }
    }

    @Test("Every field has its type, which for text is that of bytes")
    func types() throws {
        try forEachField { name, fact, field in
            #expect(type(field) == fact.type, "\(name).\(fact.name)")
            #expect(field.isText == (fact.type == "string"), "\(name).\(fact.name)")
        }
    }

    /// The type of a field as the table has it.
    private func type(_ field: FieldSchema) -> String {
        if let message = field.message { return message.schema.name }
        if let values = field.values { return String(cString: values.pointee.name) }
        if field.isText { return field.type == PROTOBUF_C_TYPE_BYTES ? "string" : "text that is not bytes" }
        return SchemaTests.scalars.first { $0.type == field.type }?.name ?? "\(field.type)"
    }

    private static let scalars: [(type: ProtobufCType, name: String)] = [
        (PROTOBUF_C_TYPE_UINT32, "uint32"), (PROTOBUF_C_TYPE_UINT64, "uint64"), (PROTOBUF_C_TYPE_INT32, "int32"),
        (PROTOBUF_C_TYPE_INT64, "int64"), (PROTOBUF_C_TYPE_SINT32, "sint32"), (PROTOBUF_C_TYPE_SINT64, "sint64"),
        (PROTOBUF_C_TYPE_FIXED64, "fixed64"), (PROTOBUF_C_TYPE_BOOL, "bool"), (PROTOBUF_C_TYPE_BYTES, "bytes"),
    ]

    @Test("Every enum has its values, and no other")
    func enums() throws {
        var seen: Set<String> = []
        try forEachField { name, fact, field in
            guard let values = field.values, seen.insert(fact.type).inserted else { return }
            let list = UnsafeBufferPointer(start: values.pointee.values, count: Int(values.pointee.n_values))
            let found = Dictionary(uniqueKeysWithValues: list.map { (String(cString: $0.name), Int($0.value)) })
            #expect(found == table.enums[fact.type], "\(name).\(fact.name)")
        }
        // Those that no field has for its type are numbers in fields of type uint32.
        #expect(Set(table.enums.keys).subtracting(seen) == ["fh_entry_sizes", "fstype"])
    }

    @Test("Every field has the default of the table, or none")
    func defaults() throws {
        try forEachField { name, fact, field in
            let descriptor = try #require(
                protobuf_c_message_descriptor_get_field(schemas[name]!.descriptor, field.number))
            let found = descriptor.pointee.default_value.map { value($0, field) }
            #expect(found == fact.defaultValue, "\(name).\(fact.name)")
        }
    }

    /// A default as the table has it.
    private func value(_ pointer: UnsafeRawPointer, _ field: FieldSchema) -> String {
        switch field.type {
        case PROTOBUF_C_TYPE_BOOL: "\(pointer.load(as: Int32.self) != 0)"
        case PROTOBUF_C_TYPE_UINT32: "\(pointer.load(as: UInt32.self))"
        case PROTOBUF_C_TYPE_SINT32: "\(pointer.load(as: Int32.self))"
        case PROTOBUF_C_TYPE_ENUM:
            protobuf_c_enum_descriptor_get_value(field.values, pointer.load(as: Int32.self)).map {
                String(cString: $0.pointee.name)
            } ?? "none"
        default: "\(field.type)"
        }
    }

    @Test("Every field has the hint of the table, or none")
    func hints() throws {
        try forEachField { name, fact, field in
            #expect(field.display == hint(fact), "\(name).\(fact.name)")
        }
    }

    private func hint(_ fact: SchemaTable.Field) -> DisplayHint? {
        switch fact.format.map({ "\($0.key) \($0.value)" }).first ?? "" {
        case "": .plain
        case "conv unix_name": .quotedPrintable
        case "flags mmap.prot": .flags(.mmapProt)
        case "flags mmap.flags": .flags(.mmapFlags)
        case "flags mmap.status": .flags(.mmapStatus)
        case "flags pmap.flags": .flags(.pmapFlags)
        case "flags rfile.flags": .flags(.rfileFlags)
        case "flags seals.flags": .flags(.sealsFlags)
        case "dict gen": fact.name == "task_state" ? .names(.genTaskState) : nil
        case "dict sk": socketNames[fact.name].map(DisplayHint.names)
        default: simpleHint(fact.format.keys.first)
        }
    }

    private let socketNames: [String: NameSet] = [
        "family": .skFamily, "type": .skType, "state": .skState, "proto": .skProto,
    ]

    private func simpleHint(_ word: String?) -> DisplayHint? {
        switch word {
        case "hex": .hexadecimal
        case "ipadd": .ipAddress
        case "dev": .device
        default: nil
        }
    }

    private func forEachField(_ body: (String, SchemaTable.Field, FieldSchema) throws -> Void) throws {
        for (name, fields) in table.messages {
            let schema = try #require(schemas[name])
            for fact in fields {
                let field = try #require(schema.field(numbered: fact.number), "\(name).\(fact.name)")
                try body(name, fact, field)
            }
        }
    }

    @Test("A number without a field finds none")
    func absentFields() {
        for schema in schemas.values {
            let numbers = Set(schema.fields.map(\.number))
            for number in UInt32(0)...60 where !numbers.contains(number) {
                #expect(schema.field(numbered: number) == nil)
            }
            #expect(schema.field(numbered: .max) == nil)
        }
    }

    @Test("Messages that can hold themselves are known, and no other")
    func recursion() {
        let recursive = schemas.values.filter(\.isRecursive).map(\.name).sorted()
        #expect(
            recursive == ["aa_namespace", "apparmor_entry", "cg_controller_entry", "cgroup_dir_entry", "cgroup_entry"])
    }
}
