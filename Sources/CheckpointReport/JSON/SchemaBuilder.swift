/// Makes a JSON Schema (draft 2020-12) of a form.
struct SchemaBuilder {
    /// Whether the schema is of documents of one line for each record.
    private let describesLines: Bool
    private var definitions: [(key: String, value: JSONTree)] = SchemaBuilder.common
    private var names: Set<String> = []

    /// The objects that have lines of their own, and the keys by which they name the objects that list them.
    private var records: [(schema: ObjectSchema, owners: [MemberSchema])] = []

    private init(describesLines: Bool) { self.describesLines = describesLines }

    /// The schema of whole documents.
    ///
    /// - Parameters:
    ///   - identifier: The schema's `$id`.
    ///   - form: The form of the document, which is an object.
    ///   - about: What documents are.
    static func document<Value>(
        _ identifier: String, _ form: Form<Value>, about: String = "A CRIU checkpoint, as cryoscope exports it."
    ) -> JSONTree {
        var builder = SchemaBuilder(describesLines: false)
        let root = builder.tree(form.schema)
        return builder.schema(identifier, about, root)
    }

    /// The schema of each line of a document that has one for each record.
    static func lines<Value>(
        _ identifier: String, _ form: Form<Value>,
        about: String = "A record of a CRIU checkpoint, as cryoscope exports it."
    ) -> JSONTree {
        var builder = SchemaBuilder(describesLines: true)
        if case .object(let schema) = form.schema { builder.collect(schema, owners: []) }
        let choices = builder.records.map { record -> JSONTree in
            builder.define(record.schema, owners: record.owners)
            return reference(record.schema.name)
        }
        return builder.schema(identifier, about, .object([("anyOf", .array(choices))]))
    }

    private func schema(_ identifier: String, _ about: String, _ root: JSONTree) -> JSONTree {
        var members: [(key: String, value: JSONTree)] = [
            ("$schema", "https://json-schema.org/draft/2020-12/schema"), ("$id", .string(identifier)),
            ("description", .string(about)),
        ]
        if case .object(let own) = root { members += own }
        members.append(("$defs", .object(definitions.sorted { $0.key < $1.key })))
        return .object(members)
    }

    // MARK: Records

    /// Finds the records below an object. The owner's identity is told by the form that lists them.
    private mutating func collect(_ schema: ObjectSchema, owners: [MemberSchema]) {
        if let index = records.firstIndex(where: { $0.schema.name == schema.name }) {
            let known = Set(records[index].owners.map(\.key.description))
            records[index].owners += owners.filter { !known.contains($0.key.description) }
            return
        }
        records.append((schema, owners))
        let below = owners + schema.members.filter { schema.identity.contains($0.key.description) }
        for member in schema.members where member.listsRecords {
            if case .list(.object(let element)) = member.node { collect(element, owners: below) }
        }
    }

    // MARK: Objects

    private mutating func define(_ schema: ObjectSchema, owners: [MemberSchema]) {
        guard names.insert(schema.name).inserted else { return }
        var properties: [(key: String, value: JSONTree)] = []
        var required: [JSONTree] = []
        if describesLines, isRecord(schema) {
            properties.append(("record", .object([("const", .string(schema.name))])))
            required.append("record")
            properties += owners.map { ($0.key.description, property($0)) }
        }
        for member in schema.members {
            let isList = describesLines && member.listsRecords
            guard let tree = isList ? lineProperty(member) : property(member) else { continue }
            properties.append((member.key.description, tree))
            if member.isRequired(inLines: describesLines) { required.append(.string(member.key.description)) }
        }
        let keys = schema.members.filter(\.mayBeMissing).map { JSONTree.string($0.key.description) }
        if !keys.isEmpty { properties.append(("missing", missing(keys))) }
        definitions.append(
            (
                schema.name,
                .object([
                    ("description", .string(schema.about)), ("type", "object"), ("properties", .object(properties)),
                    ("required", .array(required)), ("additionalProperties", false),
                ])
            ))
    }

    private func isRecord(_ schema: ObjectSchema) -> Bool { records.contains { $0.schema.name == schema.name } }

    private func missing(_ keys: [JSONTree]) -> JSONTree {
        .object([
            ("description", "Why members are null."), ("type", "object"),
            ("propertyNames", .object([("enum", .array(keys))])),
            ("additionalProperties", SchemaBuilder.reference("absence")),
        ])
    }

    private mutating func property(_ member: MemberSchema) -> JSONTree { describe(member, tree(member.node)) }

    /// Of a list of records, the line of the owner says only why there is none.
    private func lineProperty(_ member: MemberSchema) -> JSONTree? {
        guard member.mayBeMissing else { return nil }
        return .object([("description", .string(member.about)), ("type", "null")])
    }

    private func describe(_ member: MemberSchema, _ node: JSONTree) -> JSONTree {
        let description = (key: "description", value: JSONTree.string(member.about))
        if member.mayBeMissing {
            return .object([description, ("anyOf", .array([node, .object([("type", "null")])]))])
        }
        guard case .object(let members) = node else { return node }
        return .object([description] + members.filter { $0.key != "description" })
    }

    // MARK: Values

    private mutating func tree(_ node: SchemaNode) -> JSONTree {
        switch node {
        case .any: return .object([])
        case .number: return SchemaBuilder.reference("number")
        case .real: return .object([("type", "number")])
        case .hexadecimal: return SchemaBuilder.reference("hexadecimal")
        case .boolean: return .object([("type", "boolean")])
        case .text: return SchemaBuilder.reference("text")
        case .digest: return SchemaBuilder.reference("digest")
        case .string(let about, let pattern):
            return .object(
                (about.map { [("description", .string($0))] } ?? []) + [("type", "string")]
                    + (pattern.map { [("pattern", .string($0))] } ?? []))
        case .words(let words): return .object([("enum", .array(words.map { .string($0) }))])
        case .list(let element): return .object([("type", "array"), ("items", tree(element))])
        case .nullable(let wrapped): return .object([("anyOf", .array([tree(wrapped), .object([("type", "null")])]))])
        case .object(let schema):
            define(schema, owners: [])
            return SchemaBuilder.reference(schema.name)
        }
    }

    private static func reference(_ name: String) -> JSONTree { .object([("$ref", .string("#/$defs/\(name)"))]) }
}

extension MemberSchema {
    fileprivate var mayBeMissing: Bool { presence == .known || presence == .optionalKnown }

    fileprivate func isRequired(inLines: Bool) -> Bool {
        if isPartial || inLines && listsRecords { return false }
        return presence == .always || presence == .known
    }
}

extension SchemaBuilder {
    /// What many objects use.
    private static let common: [(key: String, value: JSONTree)] = [
        (
            "number",
            .object([
                ("description", "A whole number; beyond 2^53 its decimal digits."),
                (
                    "anyOf",
                    .array([
                        .object([
                            ("type", "integer"), ("minimum", .number(-9_007_199_254_740_991)),
                            ("maximum", .number(9_007_199_254_740_991)),
                        ]),
                        .object([("type", "string"), ("pattern", "^-?[0-9]{16,20}$")]),
                    ])
                ),
            ])
        ),
        (
            "hexadecimal",
            .object([
                ("description", "An address, mask or id."), ("type", "string"), ("pattern", "^0x[0-9a-f]{1,16}$"),
            ])
        ),
        (
            "digest",
            .object([
                ("description", "A SHA-256 digest."), ("type", "string"), ("pattern", "^[0-9a-f]{64}$"),
            ])
        ),
        (
            "text",
            .object([
                ("description", "Text of the evidence; as an object where its bytes are not UTF-8."),
                (
                    "anyOf",
                    .array([
                        .object([("type", "string")]),
                        .object([
                            ("type", "object"),
                            (
                                "properties",
                                .object([
                                    ("text", .object([("type", "string")])),
                                    ("hex", .object([("type", "string"), ("pattern", "^([0-9a-f]{2})+$")])),
                                ])
                            ), ("required", .array(["text", "hex"])), ("additionalProperties", false),
                        ]),
                    ])
                ),
            ])
        ),
        (
            "absence",
            .object([
                ("description", "Why a value is missing."), ("type", "object"),
                (
                    "properties",
                    .object([
                        ("reason", .object([("type", "string"), ("pattern", "^[a-z-]+$")])),
                        ("detail", SchemaBuilder.reference("text")),
                    ])
                ), ("required", .array(["reason", "detail"])), ("additionalProperties", false),
            ])
        ),
    ]
}
