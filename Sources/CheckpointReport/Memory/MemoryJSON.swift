import CheckpointModel
public import EvidenceText

/// What the memory commands know, as JSON.
public struct MemoryJSON {
    /// Writes where the pages of processes are: one document and a newline.
    public static func write(_ reports: [MemoryMapReport], to out: OutputBuffer) {
        write(reports, Forms.memoryMaps, to: out)
    }

    /// Writes a value as one document and a newline.
    static func write<Value>(_ value: Value, _ form: Form<Value>, to out: OutputBuffer, isOneLine: Bool = false) {
        var json = JSONWriter(out, .init(writesLines: isOneLine))
        form.write(&json, value)
        out.append("\n")
    }
}

extension MemoryJSON {
    /// Writes a range of memory: one document and a newline.
    public static func write(_ range: MemoryRange, to out: OutputBuffer) {
        write(range, Forms.memoryRange, to: out)
    }
}
