extension ImageLibrary {
    /// Values by their ids. Of several with one id the first counts, and the others are listed as problems: nothing else would
    /// tell of them.
    ///
    /// - Parameters:
    ///   - values: The values with their ids and places, in the order of the image.
    ///   - field: The name of the field that has the id.
    /// - Complexity: Linear in their number.
    func unique<ID: BinaryInteger, Value>(
        _ values: some Sequence<(id: ID, value: Value, origin: Origin)>, by field: String
    ) -> [ID: Value] {
        var table: [ID: Value] = [:]
        for (id, value, origin) in values {
            guard table[id] != nil else {
                table[id] = value
                continue
            }
            note(
                Problem(
                    image: origin.image, entry: origin.entry, offset: nil, code: "duplicate-id",
                    detail: "the \(field) \(id) is there again: only the first one counts"))
        }
        return table
    }
}
