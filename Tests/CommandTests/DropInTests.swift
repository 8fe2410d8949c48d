import CheckpointTestSupport
import Foundation
import Testing

@Suite("A link named crit stands in for CRIU's tool")
struct DropInTests {
    @Test("decode, encode, info and show")
    func images() throws {
        let folder = try ScratchFolder()
        try folder.link("crit", to: ToolRun.cryoscope.path)
        let fixture = image("crash", "pstree.img")
        let crit = folder.url.appending(path: "crit")
        let decoded = try ToolRun(crit, ["decode", "-i", fixture.url.path])
        #expect(decoded.output == (try #require(fixture.golden(isPretty: false))) + [0x0A])
        #expect(try ToolRun(crit, ["encode"], input: decoded.output).output == fixture.bytes())
        let shown = try ToolRun(crit, ["show", fixture.url.path])
        #expect(shown.output == (try #require(fixture.golden(isPretty: true))) + [0x0A])
        #expect(try ToolRun(crit, ["info", fixture.url.path]).outputText.contains("\"count\": 1"))
        #expect(try ToolRun(crit, ["decode", "-i", folder.path("gone")]).errorText.hasPrefix("crit: "))
    }

    @Test("x", arguments: Scenario.recorded)
    func explorers(_ scenario: String) throws {
        let folder = try ScratchFolder()
        try folder.link("crit", to: ToolRun.cryoscope.path)
        // Where there are zombies CRIU's tool stops, so that there is one record only.
        for subject in scenario == "tree" ? ["ps"] : ["ps", "fds", "mems", "rss"] {
            let golden = Scenario.named(scenario).goldenFolder.appending(path: "x-\(subject).txt")
            let recorded = try String(contentsOf: golden, encoding: .utf8)
            let run = try ToolRun(folder.url.appending(path: "crit"), ["x", CommandTests.images(scenario), subject])
            #expect(run.status == 0 && run.errorText == "")
            // The one difference: an escape character becomes harmless.
            #expect(run.outputText == recorded.replacing("\u{1B}", with: "\\x1b"), "\(scenario), \(subject)")
        }
    }

    @Test("x of what CRIU's tool cannot print: zombies, sockets, a chain", arguments: ["tree", "chain/3", "ppc64el"])
    func beyond(_ scenario: String) throws {
        for subject in ["ps", "fds", "mems", "rss", "sk"] {
            let run = try cryoscope("x", CommandTests.images(scenario), subject)
            #expect(run.status == 0 && run.errorText == "")
            #expect(!run.output.isEmpty)
        }
    }
}
