internal import CheckpointAnalysis

/// How values of one type are written as JSON, what a schema says of them, and what of them is compared.
///
/// One description serves the documents, their form of one line for each record, the JSON Schema, and the comparison of
/// checkpoints, so that these cannot drift apart. Forms of objects are in ``Forms``.
public struct Form<Value>: Sendable {
    let schema: SchemaNode
    let write: @Sendable (inout JSONWriter, Value) -> Void
    /// The value as it is compared; nil if it is not, since it tells of the images and not of what was dumped.
    private(set) var fact: FactMaker<Value>?
    /// Which element of one list of such values is which of another.
    private(set) var matching: FactList.Matching
    /// The members, if values are objects.
    let fields: [Field<Value>]

    init(
        _ schema: SchemaNode, _ write: @escaping @Sendable (inout JSONWriter, Value) -> Void,
        fact: FactMaker<Value>?
    ) {
        self.schema = schema
        self.write = write
        self.fact = fact
        self.matching = .whole
        self.fields = []
    }

    private init(_ schema: SchemaNode, fields: [Field<Value>], fact: FactMaker<Value>?) {
        self.schema = schema
        self.fields = fields
        self.fact = fact
        self.matching = .order
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
        Form(
            .object(ObjectSchema(name: name, about: about, members: fields.filter { !$0.isSilent }.map(\.schema))),
            fields: fields, fact: RecordFacts(name, fields).fact)
    }

    /// The same form with keys of members that tell objects from others of their kind: in documents of one line for each
    /// record, the records that an object lists name it by these.
    func identified(by keys: String...) -> Form {
        guard case .object(var object) = schema else { preconditionFailure("only objects have members") }
        object.identity = Set(keys)
        var form = Form(.object(object), fields: fields, fact: fact)
        form.matching = matching
        return form
    }

    /// The same form with keys of members by which an object of one checkpoint is found in another.
    func matched(by keys: String...) -> Form {
        var form = self
        form.matching = .keys(keys)
        return form
    }

    /// The same form of values that are not compared, since they tell of the images and not of what was dumped.
    var aside: Form {
        var form = self
        form.fact = nil
        return form
    }

    /// The same form of objects that are compared and told as one value, since their members say little alone.
    var asOne: Form {
        var form = self
        form.fact = fact.map { fact in
            FactMaker { value, parts in
                guard case .record(let record) = fact(value, parts) else { return .none }
                return .record(FactRecord(record.kind, isWhole: true, record.members))
            }
        }
        return form
    }

    /// An array of values of a form.
    static func list<Element>(_ element: Form<Element>) -> Form<[Element]> where Value == [Element] {
        Form<[Element]>(
            .list(element.schema),
            { json, values in json.elements(values) { json, value in element.write(&json, value) } },
            fact: element.fact?.list(element.matching) { values, body in values.forEach(body) })
    }

    /// A value of a form that may be absent for no reason that needs telling: null.
    static func nullable<Wrapped>(_ form: Form<Wrapped>) -> Form<Wrapped?> where Value == Wrapped? {
        Form<Wrapped?>(
            .nullable(form.schema),
            { json, value in if let value { form.write(&json, value) } else { json.null() } },
            fact: form.fact?.optional { $0 })
    }

    /// The same form for what a value holds: `.integer.of(\.rawValue)`.
    func of<Whole>(_ part: @escaping @Sendable (Whole) -> Value) -> Form<Whole> {
        Form<Whole>(
            schema, { json, whole in write(&json, part(whole)) },
            fact: fact?.of(part))
    }
}

/// The forms of objects, by what they describe. Each concept has a file in the folder `Forms`.
public enum Forms {}
