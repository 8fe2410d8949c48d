import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

@Suite("What evidence says does not reach the terminal")
struct SafetyTests {
    private static let commands = [
        ["show"], ["ps"], ["ps", "--long"], ["threads", "--registers", "--filters"], ["signals"], ["env"], ["maps"],
        ["files"], ["threads", "--json"], ["signals", "--json"], ["env", "--json"], ["ps", "--json"],
        ["maps", "--smaps"], ["sockets"],
        ["sockets", "--details"], ["sockets", "--json"],
        ["files", "--json"], ["export"],
    ]
    private static let subjects = ["ps", "fds", "mems", "rss", "sk"]

    @Test("No control byte but newlines, and nothing but UTF-8", arguments: ["tree", "files", "sockets"])
    func controlBytes(_ scenario: String) throws {
        for command in Self.commands { expectHarmless(try cryoscope(command + [images(scenario)])) }
        for subject in Self.subjects {
            let run = try cryoscope("x", images(scenario), subject)
            #expect(run.status == 0 && run.errorText == "")
            // The form that CRIU's tool has indents lines by tabs, and names can have newlines.
            expectHarmless(
                run.outputText.split(separator: "\n").map { $0.trimmingPrefix("\t") }.joined(separator: "\n"))
        }
    }

    @Test("The same on a terminal, but for its own colours", arguments: ["tree", "files", "sockets"])
    func terminal(_ scenario: String) throws {
        for command in [
            "show", "ps", "ps --long", "threads --registers --filters", "signals", "env", "maps", "files", "sockets",
        ] {
            let output = try onTerminal("\(command) '\(images(scenario))'").output
            expectHarmless(String(decoding: output, as: UTF8.self).withoutColours)
        }
    }

    @Test(
        "What differs between hostile checkpoints",
        arguments: [("tree", "files"), ("files", "sockets"), ("tree", "sockets")])
    func differences(_ names: (String, String)) throws {
        let arguments = ["diff", images(names.0), images(names.1), "--unchanged"]
        for form in [[], ["--json"], ["--ndjson"], ["--bytes"]] {
            let run = try cryoscope(arguments + form)
            #expect(run.status == 1 && run.errorText == "")
            expectHarmless(run.outputText)
        }
        let output = try onTerminal("diff '\(images(names.0))' '\(images(names.1))'", status: 1).output
        expectHarmless(String(decoding: output, as: UTF8.self).withoutColours)
    }

    @Test("Hostile names are there, escaped")
    func names() throws {
        let tree = try cryoscope("ps", images("tree")).outputText
        #expect(tree.contains("\\x1b") && tree.contains("\\n") && tree.contains("\\xff"))
        let files = try cryoscope("files", images("files")).outputText
        #expect(files.contains("/srv/forensics/files/new\\nline \\x1b[31mred\\x1b[0m \"quoted\" \\\\ back"))
        #expect(files.contains("/srv/forensics/files/café ☃.txt"))
        let sockets = try cryoscope("files", images("sockets")).outputText
        #expect(sockets.contains("@bin\\x01\\xff\\n\\x1b[m LISTEN"))
    }

    @Test("Messages about hostile paths and images")
    func messages() throws {
        let folder = try ScratchFolder()
        let name = "a\u{1B}[31m\nb\u{202E}"
        try folder.makeFolder(name)
        for arguments in [
            ["ps", folder.path(name)], ["ps", folder.path(name + "x")], ["decode", "-i", folder.path(name)],
        ] {
            let run = try cryoscope(arguments)
            #expect(run.status == 2)
            #expect(run.errorLines.count == 1)
            #expect(run.errorText.contains("a\\x1b[31m\\nb\\u{202E}"), "\(run.errorText)")
            expectHarmless(run.errorText)
        }
    }

    @Test("A tree of 10,000 generations with sisters is drawn in seconds")
    func deepTree() throws {
        let folder = try ScratchFolder()
        var tree = ImageBuilder(.pstree)
        for pid in 1...20_000 as ClosedRange<UInt64> {
            // Odd ones have two children each: the next odd one, and an even one.
            let parent = pid == 1 ? 0 : pid % 2 == 0 ? pid - 1 : pid - 2
            tree.append(MessageBuilder().varint(1, pid).varint(2, parent).varint(3, 1).varint(4, 1).varint(5, pid))
        }
        try folder.write("pstree.img", tree.bytes)
        for command in ["show", "ps"] {
            let run = try quickly { try cryoscope(command, folder.path) }
            #expect(run.outputText.components(of: "\n") > 20_000)
        }
    }

    private func expectHarmless(_ run: ToolRun) {
        #expect(run.status == 0 && run.errorText == "")
        #expect(String(validating: run.output, as: UTF8.self) != nil)
        expectHarmless(run.outputText)
    }

    private func expectHarmless(_ text: String) {
        let harmful = text.unicodeScalars.filter {
            $0 != "\n" && ($0.properties.generalCategory == .control || $0.properties.generalCategory == .format)
        }
        #expect(harmful.isEmpty)
    }
}

/// Runs `cryoscope` with arguments of a shell on a terminal of its own.
///
/// - Returns: What it printed there, with the newlines as it wrote them.
func onTerminal(
    _ arguments: String, columns: Int = 100, environment: [String: String] = ["TERM": "xterm", "NO_COLOR": ""],
    status: Int32 = 0
) throws -> (output: [UInt8], lines: [Substring]) {
    let line = "stty cols \(columns) -opost; \"$cryoscope\" \(arguments)"
    let run = try shell("script -qec '\(line.replacing("'", with: "'\\''"))' /dev/null", environment: environment)
    #expect(run.status == status, "\(run.outputText)")
    return (run.output, run.outputText.split(separator: "\n", omittingEmptySubsequences: false))
}

extension StringProtocol {
    /// The text without the sequences that begin and end colours.
    var withoutColours: String {
        split(separator: "\u{1B}[", omittingEmptySubsequences: false).enumerated().map { index, part in
            index == 0 ? String(part) : String(part.drop { $0.isNumber || $0 == ";" }.dropFirst())
        }.joined()
    }
}
