public import EvidenceText

extension ImageFile {
    /// Writes the image as JSON, entry by entry, without a newline at the end.
    ///
    /// Memory stays flat whatever the size of the image. After damage the JSON is closed, so that what was read stays
    /// readable.
    ///
    /// - Parameters:
    ///   - out: Where the text goes.
    ///   - options: The form.
    /// - Returns: The number of entries that were written.
    /// - Throws: ``ImageError`` at the first damage, after the entries before it are written.
    @discardableResult
    public func writeJSON(to out: OutputBuffer, _ options: ImageJSONOptions) throws(ImageError) -> Int {
        var writer = ImageJSONWriter(self, out, options)
        writer.begin()
        var damage: ImageError?
        do {
            try writer.writeEntries()
        } catch {
            damage = error
        }
        writer.end()
        if let damage { throw damage }
        return writer.count
    }

    /// The number of entries that ``writeJSON(to:_:)`` would write, without the head of a page map.
    ///
    /// - Throws: ``ImageError`` at the first damage.
    public func countEntries() throws(ImageError) -> Int {
        var cursor = entries()
        var count = 0
        while try cursor.next() { count += 1 }
        return kind == .pagemap ? max(count - 1, 0) : count
    }
}
