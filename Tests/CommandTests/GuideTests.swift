import CheckpointTestSupport
import Foundation
import Testing

/// Runs what documents show in `console` blocks, and holds the output against what they show of it.
///
/// The rules are in CONTRIBUTING.md.
@Suite("Commands in documents")
struct GuideTests {
    @Test("A document's commands print what it shows", arguments: ["README.md", "docs/guide.md"])
    func commands(_ document: String) throws {
        let package = Scenario.fixtures.deletingLastPathComponent()
        let text = try String(contentsOf: package.appending(path: document), encoding: .utf8)
        let sessions = ConsoleSession.sessions(in: text)
        #expect(sessions.count > 10)
        let desk = try Desk(package)
        for session in sessions where desk.hasPrograms(of: session.command) {
            let (lines, status) = try desk.run(session.command)
            #expect(status < 64, "\(session.command): status \(status)")
            #expect(session.shows(lines), "\(session.command)\n\(lines.prefix(80).joined(separator: "\n"))")
        }
    }

    @Test("Left-out lines and ends of lines")
    func ellipses() {
        func shows(_ shown: [String], _ lines: [String]) -> Bool {
            ConsoleSession(command: "", shown: shown).shows(lines)
        }
        #expect(shows(["a", "b"], ["a", "b"]) && shows([], []) && shows(["a  b"], ["a     b  "]))
        #expect(shows(["…", "c"], ["a", "b", "c"]) && shows(["a", "…", "c", "…"], ["a", "b", "c", "d"]))
        #expect(shows(["…", "b", "…", "b"], ["a", "b", "b", "a", "b"]) && shows(["long …"], ["long line"]))
        #expect(!shows(["a"], ["a", "b"]) && !shows([], ["a"]) && !shows(["a", "…"], ["a"]))
        #expect(!shows(["…", "a"], ["a"]) && !shows(["b", "…"], ["a", "b"]) && !shows(["a b"], ["a  b"]))
        #expect(!shows(["…", "c", "…"], ["a", "b", "b"]) && !shows(["long …"], ["short"]))
    }

    @Test("Blocks are taken apart into commands")
    func blocks() {
        let text = "text\n```console\n$ one \\\n  two\nout\n$ three\n```\n```sh\n$ four\n```\n```console\n$ five\n```\n"
        let sessions = ConsoleSession.sessions(in: text)
        #expect(sessions.map(\.command) == ["one \\\n  two", "three", "five"])
        #expect(sessions.map(\.shown) == [["out"], [], []])
    }
}

/// A command of a document, and what is shown of its output.
private struct ConsoleSession {
    var command: String
    var shown: [String] = []

    /// The commands of all `console` blocks, in order.
    static func sessions(in text: String) -> [ConsoleSession] {
        var sessions: [ConsoleSession] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ ") {
                sessions.append(ConsoleSession(command: String(line.dropFirst(2))))
            } else if isInside, let last = sessions.indices.last {
                if sessions[last].shown.isEmpty, sessions[last].command.hasSuffix("\\") {
                    sessions[last].command += "\n" + line
                } else {
                    sessions[last].shown.append(line)
                }
            }
        }
        return sessions
    }

    /// Whether output is what is shown.
    func shows(_ lines: [String]) -> Bool {
        // Between lines that were left out, whatever fits first fits best.
        let parts = shown.split(separator: "…", omittingEmptySubsequences: false).map(Array.init)
        guard parts.count > 1, let first = parts.first, let last = parts.last else {
            return fits(shown, lines, at: 0) && shown.count == lines.count
        }
        guard fits(first, lines, at: 0) else { return false }
        var position = first.count
        for part in parts.dropFirst().dropLast() {
            let starts = stride(from: position + 1, through: lines.count - part.count, by: 1)
            guard let start = starts.first(where: { fits(part, lines, at: $0) }) else { return false }
            position = start + part.count
        }
        let end = lines.count - last.count
        return end > position && fits(last, lines, at: end)
    }

    private func fits(_ part: [String], _ lines: [String], at start: Int) -> Bool {
        guard start >= 0, start + part.count <= lines.count else { return false }
        return zip(part, lines[start...]).allSatisfy { shown, line in
            let (shown, line) = (narrowed(shown), narrowed(line))
            return shown.hasSuffix("…") ? line.hasPrefix(shown.dropLast()) : shown == line
        }
    }

    /// A line without blanks at its end, and with every gap of two blanks or more as two.
    private func narrowed(_ line: String) -> String {
        let trimmed = line.replacing(/[ ]+$/, with: "")
        return trimmed.replacing(/[ ]{2,}/, with: "  ")
    }
}

/// A folder with the fixtures in it, in which commands are run and leave what they write.
private struct Desk {
    private let folder: ScratchFolder
    private let path: String

    init(_ package: URL) throws {
        folder = try ScratchFolder()
        try folder.link("fixtures", to: package.appending(path: "fixtures").path)
        let tools = ToolRun.cryoscope.deletingLastPathComponent().path
        path = "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
    }

    /// Whether the machine has the programs of a command that a system can lack.
    func hasPrograms(of command: String) -> Bool {
        ["gdb", "jq"].allSatisfy { program in
            !command.split(whereSeparator: \.isWhitespace).contains(Substring(program))
                || FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
        }
    }

    /// Runs a command; its two streams of output come as one, as on a terminal.
    func run(_ command: String) throws -> (lines: [String], status: Int32) {
        let run = try ToolRun(
            URL(filePath: "/bin/bash"), ["-c", "exec 2>&1\n" + command], in: folder.url,
            environment: ["PATH": path, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795700000"])
        var lines = run.outputText.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return (lines, run.status < 0 ? 128 - run.status : run.status)
    }
}
