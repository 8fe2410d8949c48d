import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

/// Every command with every text of the evidence hostile.
@Suite("What evidence says does not reach the terminal, whatever the command")
struct TerminalSafetyTests {
    private static let scenarios = ["sockets", "container", "crash"]

    @Test("Every command is called")
    func commands() throws {
        #expect(try Set(CommandTable.commands().map(\.name)) == Set(CommandTable.calls.keys))
    }

    @Test("No control byte but newlines, and nothing but UTF-8", arguments: scenarios)
    func folders(_ name: String) throws {
        let folder = try HostileFolder(.named(name))
        #expect(folder.textCount > 50)
        try check(Call(folder, checkpoint: folder.path, image: "files.img"))
    }

    @Test("The same of an archive", arguments: ["files"])
    func archives(_ name: String) throws {
        let folder = try HostileFolder(.named(name))
        try check(Call(folder, checkpoint: folder.archive(), image: "files.img"))
    }

    @Test("Arguments that are repeated in messages")
    func arguments() throws {
        let text = "a\u{1B}[31m\n\r\u{9B}2J\u{202E}"
        for command in try CommandTable.commands() {
            let words = command.name.split(separator: " ").map(String.init)
            var calls = [[text], ["--" + text], ["--pid", text]]
            calls += command.options.sorted().filter { $0.count > 1 }.map { ["--\($0)", text, text] }
            for call in calls {
                // Nothing is to be written where a test runs.
                let run = try ToolRun(ToolRun.cryoscope, words + call, in: URL(filePath: "/proc"))
                #expect(run.status == 2 || run.status == 64 || run.status == 0, "\(command.name) \(call)")
                expectHarmless(run.output, "\(command.name) \(call), output", isIndented: false)
                expectHarmless(run.errors, "\(command.name) \(call), errors", isIndented: false)
            }
        }
        for call in [[text], ["memory", text], ["help", text]] {
            let run = try ToolRun(ToolRun.cryoscope, call)
            expectHarmless(run.output + run.errors, "\(call)", isIndented: false)
        }
    }

    private func check(_ call: Call) throws {
        var whole: Set<Int> = []
        for command in try CommandTable.commands() {
            for words in CommandTable.calls[command.name] ?? [] {
                let isJSON = command.options.contains("json") && !words.contains("--format")
                for form in isJSON ? [[], ["--json"]] : [[]] {
                    let arguments = command.name.split(separator: " ").map(String.init) + call.filled(words) + form
                    let run = try ToolRun(ToolRun.cryoscope, arguments)
                    let line = "\(command.name) \((words + form).joined(separator: " "))"
                    #expect((0...2).contains(run.status), "\(line): \(run.status), \(run.errorText)")
                    expectHarmless(run.output, "\(line), output", isIndented: command.name == "x")
                    expectHarmless(run.errors, "\(line), errors", isIndented: false)
                    let texts = HostileTexts.find(in: run.outputText)
                    // Strings in memory end where text ends.
                    let isText = !["memory search", "memory strings"].contains(command.name)
                    if isText && form == ["--json"] || line == "export @" || command.name == "decode" {
                        let broken = texts.broken.first ?? ""
                        #expect(texts.broken.isEmpty, "\(line): \(texts.broken.count) texts, such as \(broken)")
                        whole.formUnion(texts.whole)
                    }
                }
            }
        }
        #expect(whole.count > call.folder.textCount / 4, "\(whole.count) of \(call.folder.textCount)")
    }

    private func expectHarmless(_ bytes: [UInt8], _ what: String, isIndented: Bool) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            Issue.record("\(what): not UTF-8")
            return
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines {
            // The form that CRIU's tool has indents lines by tabs.
            let shown = isIndented ? line.drop { $0 == "\t" } : line
            let isHarmful = shown.unicodeScalars.contains {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
            guard isHarmful else { continue }
            Issue.record("\(what): \(ByteText(String(line)).forTerminal.prefix(500))")
            return
        }
    }

    /// What stands for the signs in the table of commands.
    private struct Call {
        let folder: HostileFolder
        private let values: [String: String]

        init(_ folder: HostileFolder, checkpoint: String, image: String) throws {
            self.folder = folder
            let maps = try ToolRun(ToolRun.cryoscope, ["maps", checkpoint]).outputText
            let lines = maps.split(separator: "\n").map(String.init)
            let process = lines.first { $0.hasPrefix("process ") }?.split(separator: " ")[1]
            // The first area of which something was dumped.
            let area = lines.first { $0.contains("rw-p") && $0.contains("KiB") }?.split(separator: "-")[0]
            values = [
                "@": checkpoint, "=": folder.path + "/" + image, "~": folder.sysroot,
                "%": process.map(String.init) ?? "1", "#": "0x" + (area.map(String.init) ?? "1000"),
            ]
        }

        func filled(_ words: [String]) -> [String] {
            words.map { $0 == ">" ? folder.output("out") : values[$0] ?? $0 }
        }
    }
}
