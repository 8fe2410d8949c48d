import CheckpointModel
public import EvidenceText

/// What the memory commands know, as JSON.
public struct MemoryJSON {
    /// The version of the forms: raised when a reader of an older version would misread a newer document.
    static let version = 1

    /// What the memory commands print, by their names.
    public enum Document: String, CaseIterable, Sendable {
        case map, read, extract
        /// A line for each hit.
        case search
        /// A line for each string.
        case strings
    }

    /// Writes where the pages of processes are: one document and a newline.
    public static func write(_ reports: [MemoryMapReport], to out: OutputBuffer) {
        write(reports, Forms.memoryMaps, to: out)
    }

    /// Writes a range of memory: one document and a newline.
    public static func write(_ range: MemoryRange, to out: OutputBuffer) {
        write(range, Forms.memoryRange, to: out)
    }

    /// Writes a value as one document and a newline.
    static func write<Value>(_ value: Value, _ form: Form<Value>, to out: OutputBuffer, isOneLine: Bool = false) {
        var json = JSONWriter(out, .init(writesLines: isOneLine))
        form.write(&json, value)
        out.append("\n")
    }

    /// The JSON Schema (draft 2020-12) of what a memory command prints, and a newline; of each line, if it prints lines.
    public static func writeSchema(of document: Document, to out: OutputBuffer) {
        schema(of: document).writeDocument(to: out)
    }

    private static func schema(of document: Document) -> JSONTree {
        let name = "urn:cryoscope:memory-\(document.rawValue):\(version)"
        let lines = "A line of what cryoscope memory \(document.rawValue) prints."
        let whole = "What cryoscope memory \(document.rawValue) prints."
        return switch document {
        case .map: SchemaBuilder.document(name, Forms.memoryMaps, about: whole)
        case .read: SchemaBuilder.document(name, Forms.memoryRange, about: whole)
        case .extract: SchemaBuilder.document(name, Forms.extraction, about: whole)
        case .search: SchemaBuilder.document(name, Forms.searchHit, about: lines)
        case .strings: SchemaBuilder.document(name, Forms.foundString, about: lines)
        }
    }
}
