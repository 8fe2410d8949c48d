import CheckpointAnalysis
import CheckpointModel

/// A member of an object: its key, what it is, and where its value comes from.
struct Field<Subject>: Sendable {
    private(set) var schema: MemberSchema
    /// The part of a document that it is written in; nil if always.
    private(set) var part: DocumentPart?
    /// Writes the member into an object.
    let write: @Sendable (inout JSONWriter, Subject) -> Void
    /// Whether it is compared only, and never written.
    private(set) var isSilent = false
    /// Whether its value follows from others.
    private(set) var isDerived = false
    /// The value as it is compared; nil if it is not.
    private(set) var fact: FactMaker<Subject>?
    /// Writes the records that the member lists as lines; nil if it does not list records.
    let lines: (@Sendable (RecordLines, Subject) -> Void)?

    private init(
        _ schema: MemberSchema, _ write: @escaping @Sendable (inout JSONWriter, Subject) -> Void,
        fact: FactMaker<Subject>?,
        lines: (@Sendable (RecordLines, Subject) -> Void)? = nil
    ) {
        self.schema = schema
        self.schema.listsRecords = lines != nil
        self.write = write
        self.fact = fact
        self.lines = lines
    }

    /// The same member, written only in documents that have a part.
    func part(_ part: DocumentPart) -> Field {
        var copy = self
        copy.part = part
        copy.schema.isPartial = true
        return copy
    }

    /// The same member, which is not compared: a number that was given out when dumping, the time of the dump, or what
    /// the comparison goes into elsewhere.
    var aside: Field {
        var copy = self
        copy.fact = nil
        return copy
    }

    /// The same member, whose value follows from others: it is told of what comes and goes, but not compared.
    var derived: Field {
        var copy = self
        copy.isDerived = true
        return copy
    }

    /// A member that is compared but never written: by what an object of one checkpoint is found in another.
    static func anchor(_ key: StaticString, _ get: @escaping @Sendable (Subject) -> Fact) -> Field {
        let schema = MemberSchema(key, "", .boolean, .optional)
        var field = Field(schema, { _, _ in }, fact: FactMaker { subject, _ in get(subject) })
        field.isSilent = true
        return field
    }

    // MARK: Single values

    /// A member that is always there.
    static func must<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String, _ get: @escaping @Sendable (Subject) -> Value
    ) -> Field {
        Field(
            MemberSchema(key, about, form.schema, .always),
            { json, subject in
                json.key(key)
                form.write(&json, get(subject))
            }, fact: form.fact?.of(get))
    }

    /// A member that may be missing: it is then null, with the reason under `missing` at the end of the object.
    static func known<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String,
        _ get: @escaping @Sendable (Subject) -> Known<Value>
    ) -> Field {
        Field(
            MemberSchema(key, about, form.schema, .known),
            { json, subject in json.known(key, get(subject)) { json, value in form.write(&json, value) } },
            fact: form.fact?.known(get))
    }

    /// A member that is left out where it does not apply.
    static func optional<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String, _ get: @escaping @Sendable (Subject) -> Value?
    ) -> Field {
        Field(
            MemberSchema(key, about, form.schema, .optional),
            { json, subject in
                guard let value = get(subject) else { return }
                json.key(key)
                form.write(&json, value)
            }, fact: form.fact?.optional(get))
    }

    /// A member that is left out where it does not apply, and may be missing where it does.
    static func optionalKnown<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String,
        _ get: @escaping @Sendable (Subject) -> Known<Value>?
    ) -> Field {
        Field(
            MemberSchema(key, about, form.schema, .optionalKnown),
            { json, subject in
                guard let value = get(subject) else { return }
                json.known(key, value) { json, value in form.write(&json, value) }
            },
            fact: form.fact.map { fact in
                let known = fact.known { (value: Known<Value>) in value }
                return known.optional(get)
            })
    }

    /// An array of values that are made one at a time, since they need not all fit into memory; left out where it does not
    /// apply, and never lines of their own.
    ///
    /// - Parameter visit: What calls a function with each value; nil where the member does not apply.
    static func streamed<Element>(
        _ key: StaticString, _ form: Form<Element>, _ about: String,
        _ visit: @escaping @Sendable (Subject) -> (((Element) -> Void) -> Void)?
    ) -> Field {
        Field(
            MemberSchema(key, about, .list(form.schema), .optional),
            { json, subject in
                guard let visit = visit(subject) else { return }
                json.key(key)
                json.elements { list in visit { element in list.element { json in form.write(&json, element) } } }
            }, fact: nil)
    }

    // MARK: Records

    /// An array of objects, each of which gets a line of its own in documents of one line for each record.
    static func records<Element>(
        _ key: StaticString, _ form: Form<Element>, _ about: String,
        _ get: @escaping @Sendable (Subject) -> [Element]
    ) -> Field {
        each(key, form, about) { subject, body in for element in get(subject) { body(element) } }
    }

    /// An array of objects that may be missing as a whole; otherwise as ``records(_:_:_:_:)``.
    static func knownRecords<Element>(
        _ key: StaticString, _ form: Form<Element>, _ about: String,
        _ get: @escaping @Sendable (Subject) -> Known<[Element]>
    ) -> Field {
        let list = Form.list(form)
        return Field(
            MemberSchema(key, about, list.schema, .known),
            { json, subject in
                let values = get(subject)
                if json.writesLines {
                    // The line of the owner says only why there are none.
                    if let absence = values.absence { json.known(key, Known<Int>.missing(absence)) { _, _ in } }
                } else {
                    json.known(key, values) { json, values in list.write(&json, values) }
                }
            }, fact: list.fact?.known(get),
            lines: { lines, subject in for value in get(subject).value ?? [] { lines.write(value, form) } })
    }

    /// An array of objects that are made one at a time, so that they need not all be in memory; otherwise as
    /// ``records(_:_:_:_:)``.
    static func each<Element>(
        _ key: StaticString, _ form: Form<Element>, _ about: String,
        _ visit: @escaping @Sendable (Subject, (Element) -> Void) -> Void
    ) -> Field {
        Field(
            MemberSchema(key, about, .list(form.schema), .always),
            { json, subject in
                guard !json.writesLines else { return }
                json.key(key)
                json.elements { list in
                    visit(subject) { element in list.element { json in form.write(&json, element) } }
                }
            },
            fact: form.fact?.list(form.matching, visit),
            lines: { lines, subject in visit(subject) { element in lines.write(element, form) } })
    }
}
