import EvidenceText

/// Writes records as lines of JSON, each an object with its type under `record`, and, if it belongs to another record, with
/// what identifies that one.
struct RecordLines {
    let out: OutputBuffer
    let options: JSONWriter.Options
    /// Writes what identifies the records that the next ones belong to.
    private let owners: [(inout JSONWriter) -> Void]

    init(_ out: OutputBuffer, _ options: JSONWriter.Options, owners: [(inout JSONWriter) -> Void] = []) {
        self.out = out
        self.options = options
        self.owners = owners
    }

    /// Writes a record, and below it the records that it lists.
    ///
    /// - Precondition: The form is of objects.
    func write<Value>(_ value: Value, _ form: Form<Value>) {
        guard case .object(let schema) = form.schema else { preconditionFailure("a record is an object") }
        var json = JSONWriter(out, options)
        json.object { json in
            json.member("record", schema.name)
            for owner in owners { owner(&json) }
            for field in form.fields where json.includes(field.part) { field.write(&json, value) }
        }
        out.append("\n")
        let identity = form.fields.filter { schema.identity.contains($0.schema.key.description) }
        let below = RecordLines(
            out, options, owners: owners + identity.map { field in { json in field.write(&json, value) } })
        for field in form.fields where json.includes(field.part) { field.lines?(below, value) }
    }
}
