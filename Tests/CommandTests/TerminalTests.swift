import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

@Suite("Colour and width")
struct TerminalTests {
    private static let commands = [
        "show", "ps", "ps --long", "threads", "threads --registers --filters", "signals", "maps", "files",
    ]

    @Test("No colour but on a terminal", arguments: commands)
    func pipe(_ command: String) throws {
        let run = try cryoscope(
            command.split(separator: " ").map(String.init) + [images("tree")],
            environment: ["TERM": "xterm", "COLUMNS": "80"])
        #expect(run.status == 0 && !run.outputText.contains("\u{1B}"))
    }

    @Test("Colour on a terminal, and the same text", arguments: commands)
    func colour(_ command: String) throws {
        let coloured = try onTerminal("\(command) '\(images("crash"))'", columns: 400).output
        let plain = try cryoscope(command.split(separator: " ").map(String.init) + [images("crash")]).outputText
        let text = String(decoding: coloured, as: UTF8.self)
        #expect(text.contains("\u{1B}[1m"))
        #expect(text.withoutColours == plain)
    }

    @Test("No colour where it is not wanted", arguments: [["NO_COLOR": "1", "TERM": "xterm"], ["TERM": "dumb"]])
    func refused(_ environment: [String: String]) throws {
        let output = try onTerminal("ps '\(images("crash"))'", environment: environment).output
        #expect(!output.isEmpty && !output.contains(0x1B))
    }

    @Test("No line is wider than the terminal", arguments: commands)
    func width(_ command: String) throws {
        for (scenario, columns) in [("tree", 80), ("tree", 100), ("files", 80), ("sockets", 120), ("memory", 90)] {
            let lines = try onTerminal("\(command) '\(images(scenario))'", columns: columns).lines
            let widest = try #require(lines.map { terminalWidth(of: $0.withoutColours) }.max())
            #expect(widest <= columns, "\(scenario), \(columns)")
        }
    }

    @Test("What is cut off ends in a sign of it, and is not cut elsewhere")
    func cut() throws {
        let narrow = try onTerminal("maps '\(images("memory"))'", columns: 80).lines
        #expect(narrow.contains { $0.withoutColours.hasSuffix("…") })
        #expect(!(try cryoscope("maps", images("memory")).outputText.contains("…")))
    }
}
