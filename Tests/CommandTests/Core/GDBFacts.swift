import CheckpointTestSupport
import Foundation
import Testing

/// What gdb makes of a core.
struct GDBFacts: Decodable {
    let threads: [Thread]
    /// Bytes in hexadecimal by `ADDRESS:LENGTH`; nil where gdb cannot read them.
    let memory: [String: String?]

    struct Thread: Decodable {
        let tid: Int
        let frames: [Frame]
        /// Bits in hexadecimal by name; nil where gdb does not know them.
        let registers: [String: String?]
    }

    struct Frame: Decodable {
        let pc: String
        let name: String?
        let line: Int?
        let sp: String?
        let signal: Bool
        let inlined: Bool
    }

    private static let script = Scenario.fixtures.deletingLastPathComponent().appending(path: "Scripts/gdb_facts.py")

    /// Asks gdb, and checks that it complains of nothing but files that are not on this machine.
    init(
        _ core: CoreFile, program: String? = nil, debugger: String = "gdb-multiarch", read: [String] = [],
        registers: [String] = []
    ) throws {
        let load = program.map { "'\($0)' '\(core.path)'" } ?? "-c '\(core.path)'"
        let run = try shell(
            "\(debugger) -nx -batch -iex 'set debuginfod enabled off' -ex 'source \(GDBFacts.script.path)' \(load)",
            environment: [
                "LC_ALL": "C", "READ": read.joined(separator: ","), "REGISTERS": registers.joined(separator: ","),
            ])
        let complaints = run.errorLines.filter { line in
            !line.contains("Can't open file") && line.contains { !$0.isWhitespace }
        }
        #expect(complaints == GDBFacts.harmless(complaints), "\(run.errorText)")
        let line = try #require(
            run.outputText.split(separator: "\n").first { $0.hasPrefix("FACTS ") }, "\(run.outputText)\(run.errorText)")
        self = try JSONDecoder().decode(GDBFacts.self, from: Data(line.dropFirst(6).utf8))
    }

    /// The program of `chain` has another name than the one it was started by.
    private static func harmless(_ lines: [Substring]) -> [Substring] {
        lines.filter { $0.contains("core file may not match specified executable file") || $0.contains("No such file") }
    }

    /// The registers of the first thread.
    var registers: [String: String] { threads.first?.registers.compactMapValues { $0 } ?? [:] }
}
