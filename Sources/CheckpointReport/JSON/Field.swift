import CheckpointModel

/// A member of an object: its key, what it is, and where its value comes from.
struct Field<Subject>: Sendable {
    private(set) var schema: MemberSchema
    /// The part of a document that it is written in; nil if always.
    private(set) var part: DocumentPart?
    /// Writes the member into an object.
    let write: @Sendable (inout JSONWriter, Subject) -> Void
    /// Writes the records that the member lists as lines; nil if it does not list records.
    let lines: (@Sendable (RecordLines, Subject) -> Void)?

    private init(
        _ schema: MemberSchema, _ write: @escaping @Sendable (inout JSONWriter, Subject) -> Void,
        lines: (@Sendable (RecordLines, Subject) -> Void)? = nil
    ) {
        self.schema = schema
        self.schema.listsRecords = lines != nil
        self.write = write
        self.lines = lines
    }

    /// The same member, written only in documents that have a part.
    func part(_ part: DocumentPart) -> Field {
        var copy = self
        copy.part = part
        copy.schema.isPartial = true
        return copy
    }

    // MARK: Single values

    /// A member that is always there.
    static func must<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String, _ get: @escaping @Sendable (Subject) -> Value
    ) -> Field {
        Field(MemberSchema(key, about, form.schema, .always)) { json, subject in
            json.key(key)
            form.write(&json, get(subject))
        }
    }

    /// A member that may be missing: it is then null, with the reason under `missing` at the end of the object.
    static func known<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String,
        _ get: @escaping @Sendable (Subject) -> Known<Value>
    ) -> Field {
        Field(MemberSchema(key, about, form.schema, .known)) { json, subject in
            json.known(key, get(subject)) { json, value in form.write(&json, value) }
        }
    }

    /// A member that is left out where it does not apply.
    static func optional<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String, _ get: @escaping @Sendable (Subject) -> Value?
    ) -> Field {
        Field(MemberSchema(key, about, form.schema, .optional)) { json, subject in
            guard let value = get(subject) else { return }
            json.key(key)
            form.write(&json, value)
        }
    }

    /// A member that is left out where it does not apply, and may be missing where it does.
    static func optionalKnown<Value>(
        _ key: StaticString, _ form: Form<Value>, _ about: String,
        _ get: @escaping @Sendable (Subject) -> Known<Value>?
    ) -> Field {
        Field(MemberSchema(key, about, form.schema, .optionalKnown)) { json, subject in
            guard let value = get(subject) else { return }
            json.known(key, value) { json, value in form.write(&json, value) }
        }
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
        Field(MemberSchema(key, about, .list(form.schema), .known)) { json, subject in
            let values = get(subject)
            if json.writesLines {
                // The line of the owner says only why there are none.
                if let absence = values.absence { json.known(key, Known<Int>.missing(absence)) { _, _ in } }
            } else {
                json.known(key, values) { json, values in
                    json.elements(values) { json, value in form.write(&json, value) }
                }
            }
        } lines: { lines, subject in
            for value in get(subject).value ?? [] { lines.write(value, form) }
        }
    }

    /// An array of objects that are made one at a time, so that they need not all be in memory; otherwise as
    /// ``records(_:_:_:_:)``.
    static func each<Element>(
        _ key: StaticString, _ form: Form<Element>, _ about: String,
        _ visit: @escaping @Sendable (Subject, (Element) -> Void) -> Void
    ) -> Field {
        Field(MemberSchema(key, about, .list(form.schema), .always)) { json, subject in
            guard !json.writesLines else { return }
            json.key(key)
            json.elements { list in
                visit(subject) { element in list.element { json in form.write(&json, element) } }
            }
        } lines: { lines, subject in
            visit(subject) { element in lines.write(element, form) }
        }
    }
}
