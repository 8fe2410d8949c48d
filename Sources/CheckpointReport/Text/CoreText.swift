public import EvidenceText

internal import CheckpointModel

/// What is said of an ELF core that was written.
public enum CoreText {
    /// Writes a line with what is in the core, and one for each sort of memory that it lacks.
    ///
    /// - Parameters:
    ///   - core: The core.
    ///   - name: The file that it was written to.
    ///   - out: Where the lines go.
    public static func write(_ core: ELFCore, name: ByteText, to out: OutputBuffer) {
        let process = [String(core.process.pid), core.process.name.value?.forTerminal].compactMap { $0 }
        var parts = ["process " + process.joined(separator: " "), counted(core.threadCount, "thread")]
        if core.lostThreadCount > 0 { parts[1] += " (\(core.lostThreadCount) more without registers)" }
        parts.append("\(byteText(core.memoryBytes)) of memory")
        if let struck = core.struck { parts.append(text(struck)) }
        line("\(name.forTerminal): \(parts.joined(separator: ", "))", out)
        let absent: [(UInt64, String)] = [
            (core.absent.cleanFileBytes, "of unchanged pages, which debuggers read from the mapped files"),
            (core.absent.lazyBytes, "that was left behind when dumping"),
            (core.absent.lostBytes, "that the images should have, but do not"),
        ]
        for (count, what) in absent where count > 0 { line("  without \(byteText(count)) \(what)", out) }
        let holes = core.absent.holeBytes
        if holes > 0 { line("  with \(byteText(holes)) out of holes in pages images: \(holeText)", out) }
    }

    private static func text(_ struck: StruckSignal) -> String {
        let address = struck.information.faultAddress.map { " at 0x" + String($0, radix: 16) } ?? ""
        return "\(struck.information.signal.name)\(address) in thread \(struck.threadID)"
    }

    private static func line(_ text: String, _ out: OutputBuffer) {
        out.append(string: text + "\n")
    }
}
