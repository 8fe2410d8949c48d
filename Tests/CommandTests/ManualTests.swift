import CheckpointTestSupport
import Foundation
import Testing

@Suite("Manual pages")
struct ManualTests {
    private static let package = Scenario.fixtures.deletingLastPathComponent()
    private static let mandoc = URL(filePath: "/usr/bin/mandoc")

    /// A command as the tool describes itself.
    private struct Command: Decodable {
        struct Dump: Decodable { let command: Command }
        struct Argument: Decodable {
            struct Name: Decodable { let name: String }
            let names: [Name]?
            let shouldDisplay: Bool
        }
        let commandName: String
        let arguments: [Argument]?
        let subcommands: [Command]?

        /// The commands with the names of their pages.
        func pages(_ above: String = "") -> [(name: String, command: Command)] {
            let name = above + commandName
            let below = (subcommands ?? []).filter { $0.commandName != "help" }
            return [(name, self)] + below.flatMap { $0.pages(name + "-") }
        }
    }

    private func write(_ folder: ScratchFolder) throws {
        let script = Self.package.appending(path: "Scripts/manual")
        let run = try ToolRun(script, [ToolRun.cryoscope.path, folder.path], environment: ["SOURCE_DATE_EPOCH": "0"])
        #expect(run.status == 0 && run.errorText == "")
    }

    @Test("A page for every command, with all its options")
    func pages() throws {
        let folder = try ScratchFolder()
        try write(folder)
        let dump = try cryoscope("--experimental-dump-help").output
        let pages = try JSONDecoder().decode(Command.Dump.self, from: Data(dump)).command.pages()
        #expect(folder.names == pages.map { $0.name + ".1" }.sorted())
        for (name, command) in pages {
            let page = String(decoding: try folder.bytes(name + ".1"), as: UTF8.self)
            #expect(page.hasPrefix(".TH \"\(escaped(name.uppercased()))\" 1 \"1970-01-01\" \"cryoscope "))
            for argument in command.arguments ?? [] where argument.shouldDisplay {
                for option in argument.names ?? [] {
                    #expect(page.contains("\\-\(escaped(option.name))\\fR"), "\(name): \(option.name)")
                }
            }
            let sections = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }
            #expect(sections.contains(".SH EXIT STATUS") && sections.contains(".SH SYNOPSIS"), "\(name)")
            #expect(!page.contains("\n.SH DESCRIPTION\n.SH"), "\(name)")
        }
    }

    @Test("Exit statuses and environment are told apart")
    func sections() throws {
        let folder = try ScratchFolder()
        try write(folder)
        let verify = String(decoding: try folder.bytes("cryoscope-verify.1"), as: UTF8.self)
        #expect(verify.contains(".SH EXIT STATUS\n.TP\n\\fB0\\fR\n"))
        #expect(verify.contains(".TP\n\\fB64\\fR\nwrong usage."))
        let tool = String(decoding: try folder.bytes("cryoscope.1"), as: UTF8.self)
        for name in ["TMPDIR", "NO_COLOR", "TERM", "COLUMNS", "SOURCE_DATE_EPOCH"] {
            #expect(tool.contains(".TP\n\\fB\(name)\\fR\n"), "\(name)")
        }
        #expect(tool.contains(".BR cryoscope\\-memory (1)"))
    }

    @Test(
        "mandoc finds nothing wrong", .enabled(if: FileManager.default.isExecutableFile(atPath: mandoc.path)))
    func lint() throws {
        let folder = try ScratchFolder()
        try write(folder)
        let run = try ToolRun(Self.mandoc, ["-T", "lint"] + folder.names.map(folder.path(_:)))
        #expect(run.status == 0 && run.outputText == "", "\(run.outputText)")
    }

    private func escaped(_ text: String) -> String { text.replacing("-", with: "\\-") }
}
