internal import CRIUImages
internal import EvidenceText

extension DumpLog {
    /// The names that engines and CRIU's guides give the log of a dump and of a pre-dump.
    private static let names = ["dump.log", "pre-dump.log"]

    /// The log, or why there is none.
    static func load(_ library: ImageLibrary) -> Known<DumpLog> {
        library.firstFile(names).map { name, bytes in
            var reader = DumpLogReader(name)
            TextLines(bytes).forEach { number, line in reader.read(number, line) }
            return reader.log
        }
    }

    /// The version of CRIU, by the first lines of the log.
    static func version(_ library: ImageLibrary) -> Known<String> {
        library.firstFile(names).flatMap { name, bytes in
            var reader = DumpLogReader(name)
            TextLines(bytes[0..<min(bytes.count, 4096)]).forEach { number, line in reader.read(number, line) }
            return reader.log.criuVersion
        }
    }

    /// How the dump ended, by the last lines of the log. A failure is listed as a problem.
    static func outcome(_ library: ImageLibrary) -> Known<DumpOutcome> {
        library.firstFile(names).flatMap { name, bytes in
            var reader = DumpLogReader(name)
            TextLines(bytes).forEach(from: max(bytes.count - 4096, 0)) { number, line in reader.read(number, line) }
            let outcome = reader.log.outcome
            if outcome == .value(.failed) {
                library.note(
                    Problem(
                        image: name, entry: nil, offset: nil, code: "dump-failed",
                        detail: "the dump failed: the images are what had been written by then"))
            }
            return outcome
        }
    }
}

/// Takes in a log line by line: `(00.050444) Warn  (compel/src/lib/infect.c:127): text`.
///
/// Level and place are on lines with warnings and errors only; times are left out by default.
private struct DumpLogReader {
    private let name: String
    private var version: String?
    private var revision: ByteText?
    private var host: ByteText?
    private var kernel: ByteText?
    private var outcome: DumpOutcome?
    private var entries: [DumpLog.Entry] = []
    private var counts: [DumpLog.Level: Int] = [:]
    private var lineCount = 0
    private var lastLine = ByteText("")

    init(_ name: String) {
        self.name = name
    }

    mutating func read(_ number: Int, _ line: UnsafeRawBufferPointer) {
        lineCount = number
        var rest = line[...]
        if rest.isEmpty { return }
        lastLine = ByteText(Array(rest))
        let time = takeTime(&rest)
        for (word, level) in [("Error (", DumpLog.Level.error), ("Warn  (", .warning)]
        where rest.starts(with: word.utf8) {
            take(rest.dropFirst(word.utf8.count), level, number, time)
        }
        readOutcome(rest)
        if number <= 100 { readHead(rest) }
    }

    /// Takes `(12.345678) ` from the beginning, if it is there.
    private func takeTime(_ rest: inout Slice<UnsafeRawBufferPointer>) -> UInt64? {
        guard rest.first == UInt8(ascii: "("), let end = rest.prefix(32).firstIndex(of: UInt8(ascii: ")")) else {
            return nil
        }
        let parts = rest[rest.startIndex + 1..<end].split(separator: UInt8(ascii: "."))
        guard parts.count == 2, parts[1].count == 6, let seconds = decimal(parts[0]), let micros = decimal(parts[1])
        else { return nil }
        rest = rest[(end + 1)...]
        if rest.first == 0x20 { rest = rest.dropFirst() }
        return seconds &* 1_000_000 &+ micros
    }

    private func decimal(_ digits: Slice<UnsafeRawBufferPointer>) -> UInt64? {
        UInt64(String(decoding: digits, as: UTF8.self))
    }

    private mutating func take(
        _ rest: Slice<UnsafeRawBufferPointer>, _ level: DumpLog.Level, _ number: Int, _ time: UInt64?
    ) {
        counts[level, default: 0] += 1
        guard entries.count < DumpLog.entryLimit, let end = rest.firstIndex(of: UInt8(ascii: ")")) else { return }
        var text = rest[(end + 1)...]
        if text.starts(with: ": ".utf8) { text = text.dropFirst(2) }
        entries.append(
            DumpLog.Entry(
                line: number, microseconds: time, level: level, place: ByteText(Array(rest[..<end])),
                text: ByteText(Array(text))))
    }

    private mutating func readOutcome(_ rest: Slice<UnsafeRawBufferPointer>) {
        let line = String(decoding: rest.suffix(64), as: UTF8.self)
        if line.hasSuffix("umping finished successfully") { outcome = .finished }
        if line.hasSuffix("umping FAILED.") { outcome = .failed }
    }

    private mutating func readHead(_ rest: Slice<UnsafeRawBufferPointer>) {
        let words = rest.split(separator: 0x20)
        if version == nil, rest.starts(with: "Version: ".utf8), words.count > 1 {
            version = String(decoding: words[1], as: UTF8.self)
            if words.count > 3 { revision = ByteText(Array(words[3].dropLast())) }
        }
        if host == nil, rest.starts(with: "Running on ".utf8), words.count > 3 {
            host = ByteText(Array(words[2]))
            kernel = ByteText(Array(words[3...].joined(separator: [0x20])))
        }
    }

    /// What the lines say.
    var log: DumpLog {
        func field<Value>(_ what: String, _ value: Value?) -> Known<Value> {
            value.map { .value($0) } ?? .missing(Absence(.notRecorded, "\(name) \(what)"))
        }
        return DumpLog(
            criuVersion: field("does not name the version", version),
            revision: field("does not name the revision", revision),
            hostName: field("does not name the machine", host), kernel: field("does not name the kernel", kernel),
            outcome: field("does not say how the dump ended", outcome),
            entries: entries, errorCount: counts[.error] ?? 0, warningCount: counts[.warning] ?? 0,
            lineCount: lineCount, lastLine: lastLine, origin: Origin(name))
    }
}
