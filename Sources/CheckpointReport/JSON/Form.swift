/// How values of one type are written as JSON, and what a schema says of them.
///
/// One description serves the documents, their form of one line for each record, and the JSON Schema, so that these cannot
/// drift apart. Forms of objects are in ``Forms``.
public struct Form<Value>: Sendable {
    let schema: SchemaNode
    let write: @Sendable (inout JSONWriter, Value) -> Void
    /// The members, if values are objects.
    let fields: [Field<Value>]

    init(_ schema: SchemaNode, _ write: @escaping @Sendable (inout JSONWriter, Value) -> Void) {
        self.schema = schema
        self.write = write
        self.fields = []
    }

    private init(_ schema: SchemaNode, fields: [Field<Value>]) {
        self.schema = schema
        self.fields = fields
        self.write = { json, value in
            json.object { json in
                for field in fields where json.includes(field.part) { field.write(&json, value) }
            }
        }
    }

    /// An object.
    ///
    /// - Parameters:
    ///   - name: Its name in the schema; in documents of one line for each record, the type of the record.
    ///   - about: What it is, for the schema.
    ///   - fields: Its members, in the order in which they are written.
    static func object(_ name: String, _ about: String, _ fields: [Field<Value>]) -> Form {
        Form(.object(ObjectSchema(name: name, about: about, members: fields.map(\.schema))), fields: fields)
    }

    /// The same form with keys of members that tell objects from others of their kind: in documents of one line for each
    /// record, the records that an object lists name it by these.
    func identified(by keys: String...) -> Form {
        guard case .object(var object) = schema else { preconditionFailure("only objects have members") }
        object.identity = Set(keys)
        return Form(.object(object), fields: fields)
    }

    /// An array of values of a form.
    static func list<Element>(_ element: Form<Element>) -> Form<[Element]> where Value == [Element] {
        Form(.list(element.schema)) { json, values in
            json.elements(values) { json, value in element.write(&json, value) }
        }
    }

    /// A value of a form that may be absent for no reason that needs telling: null.
    static func nullable<Wrapped>(_ form: Form<Wrapped>) -> Form<Wrapped?> where Value == Wrapped? {
        Form(.nullable(form.schema)) { json, value in
            if let value { form.write(&json, value) } else { json.null() }
        }
    }

    /// The same form for what a value holds: `.integer.of(\.rawValue)`.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Value) -> Form<Whole> {
        Form<Whole>(schema) { json, whole in write(&json, part(whole)) }
    }
}

/// The forms of objects, by what they describe. Each concept has a file in the folder `Forms`.
public enum Forms {}
