import CheckpointTestSupport
import Foundation
import Testing

@Suite("export and --json")
struct ExportTests {
    private static let scenarios = Scenario.recorded + ["chain/3", "arm64", "s390x", "ppc64el"]

    @Test("The same bytes each time, and JSON", arguments: scenarios)
    func export(_ scenario: String) throws {
        let run = try cryoscope("export", images(scenario))
        #expect(run.status == 0 && run.errorText == "")
        #expect(try cryoscope("export", images(scenario)).output == run.output)
        _ = try object(run.output)
        let lines = try cryoscope("export", images(scenario), "--format", "ndjson")
        #expect(lines.status == 0 && lines.errorText == "")
        #expect(try cryoscope("export", images(scenario), "--format", "ndjson").output == lines.output)
    }

    @Test("To a file")
    func file() throws {
        let folder = try ScratchFolder()
        let run = try cryoscope("export", images("crash"), "-o", folder.path("out.json"))
        #expect(run.status == 0 && run.output.isEmpty)
        // All but the arguments is the same.
        let written = String(decoding: try folder.bytes("out.json"), as: UTF8.self)
        let printed = try cryoscope("export", images("crash")).outputText
        let start = try #require(written.firstRange(of: "\n  \"path\": "))
        #expect(printed.hasSuffix(written[start.lowerBound...]))
        #expect(written.contains(#""-o","#))
    }

    @Test(
        "The frame that every document has",
        arguments: [
            ["export"], ["ps", "--json"], ["threads", "--json"], ["signals", "--json"], ["env", "--json"],
            ["maps", "--json"], ["files", "--json"],
        ])
    func frame(_ command: [String]) throws {
        let document = try object(try cryoscope(command + [images("crash")]).output)
        #expect(document["format"] as? String == "cryoscope-checkpoint")
        #expect(document["version"] as? Int == 2)
        #expect((document["processes"] as? [Any])?.count == 1)
        #expect((document["problems"] as? [Any])?.count == 0)
        #expect(document["path"] as? String == images("crash"))
    }

    @Test("The parts of each command are those of the whole export")
    func parts() throws {
        let whole = try process(["export"])
        for (command, key) in [
            ("ps", "arguments"), ("ps", "properties"), ("signals", "signals"), ("env", "environment"),
            ("maps", "segments"), ("files", "descriptors"),
        ] {
            let part = try process([command, "--json"])
            let value = try #require(part[key] as? NSObject)
            #expect(value == whole[key] as? NSObject)
            #expect(Set(part.keys).isSubset(of: whole.keys))
        }
    }

    @Test("What is missing says why")
    func missing() throws {
        let document = try object(try cryoscope("export", images("chain/3")).output)
        let processes = try #require(document["processes"] as? [[String: Any]])
        let zombie = try #require(processes.first { $0["state"] as? String == "zombie" })
        #expect(zombie["memory"] is NSNull && zombie["descriptors"] is NSNull)
        let reasons = try #require(zombie["missing"] as? [String: [String: String]])
        #expect(reasons["memory"]?["reason"] == "not-applicable")
        #expect(Set(reasons.keys).isSuperset(of: ["executable", "arguments", "environment", "descriptors", "umask"]))
    }

    @Test("Nothing secret is left in an export for sharing", arguments: ["json", "ndjson"])
    func redaction(_ format: String) throws {
        let archive = Scenario.fixtures.appending(path: "archives/shelltree.tar").path
        for (checkpoint, secret) in [(archive, "not-a-real-secret"), (images("tree"), "not-a-real-secret-7f3a91")] {
            let whole = try cryoscope("export", checkpoint, "--format", format)
            let masked = try cryoscope("export", checkpoint, "--format", format, "--redact")
            #expect(whole.outputText.contains(secret) && !masked.outputText.contains(secret))
            #expect(masked.outputText.contains("[redacted: "))
        }
    }

    private func process(_ command: [String]) throws -> [String: Any] {
        let document = try object(try cryoscope(command + [images("crash")]).output)
        return try #require((document["processes"] as? [[String: Any]])?.first)
    }

    private func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }
}
