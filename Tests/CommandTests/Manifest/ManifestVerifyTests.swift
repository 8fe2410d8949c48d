import CheckpointTestSupport
import Foundation
import Testing

/// `verify --manifest` as a process.
@Suite("Evidence against its manifest")
struct ManifestVerifyTests {
    /// Evidence that was changed, and its manifest from before.
    private struct Changed {
        let evidence: ScratchFolder
        let scratch: ScratchFolder
        let manifest: String

        func verify(_ options: String...) throws -> ToolRun {
            try cryoscope(["verify", evidence.path, "--manifest", manifest] + options)
        }
    }

    private func changed() throws -> Changed {
        let (evidence, scratch) = (try ScratchFolder(copyOf: .named("crash")), try ScratchFolder())
        let manifest = try ManifestRun(evidence.path, "--case", "K").saved(in: scratch)
        // Without these two it is no checkpoint any more.
        for name in ["inventory.img", "pstree.img"] { try FileManager.default.removeItem(atPath: evidence.path(name)) }
        try evidence.write("seccomp.img", [1, 2])
        try evidence.write("evil\u{1B}[31m\n", [])
        return Changed(evidence: evidence, scratch: scratch, manifest: manifest)
    }

    @Test(
        "What was not changed, wherever it lies",
        arguments: ["chain/3", "container/images", "archives/shelltree.tar", "archives/redis-after.tar.zst"])
    func unchanged(_ set: String) throws {
        let path = Scenario.fixtures.appending(path: set).path
        let scratch = try ScratchFolder()
        let manifest = try ManifestRun(path).saved(in: scratch)
        try scratch.link("elsewhere", to: path)
        for place in [path, scratch.path("elsewhere")] {
            let run = try cryoscope("verify", place, "--manifest", manifest)
            #expect(
                run.status == 0 && run.errorText == "" && run.outputText.contains(": unchanged, by the manifest of 2"))
        }
    }

    @Test("Odd names, too")
    func oddNames() throws {
        let (evidence, scratch) = (try oddlyNamedEvidence(), try ScratchFolder())
        let manifest = try ManifestRun(evidence.path).saved(in: scratch)
        #expect(try cryoscope("verify", evidence.path, "--manifest", manifest).status == 0)
        try evidence.write("snow \u{2603}", [])
        let run = try cryoscope("verify", evidence.path, "--manifest", manifest)
        #expect(run.status == 1 && run.outputText.contains("snow \u{2603}  [manifest/changed]"))
    }

    @Test("What was changed, though it is no checkpoint any more")
    func text() throws {
        let changed = try changed()
        let run = try changed.verify()
        #expect(run.status == 1 && run.errorText == "")
        let lines = run.outputText.split(separator: "\n").filter { $0.hasPrefix("error") }
        #expect(
            lines == [
                "error    evil\\x1b[31m\\n  [manifest/added]", "error    inventory.img  [manifest/missing]",
                "error    pstree.img  [manifest/missing]", "error    seccomp.img  [manifest/changed]",
            ])
        #expect(
            run.outputText.contains(
                " then; 2 bytes, a12871fee210fb8619291eaea194581cbd2531e4b23759d225f6806923f63222 now\n"))
        #expect(run.outputText.hasSuffix(": 16 files, 4 errors, 0 warnings, 0 notes\n"))
        #expect(run.outputText.contains(": changed, by the manifest of 2"))
    }

    @Test("The same as JSON and as SARIF")
    func documents() throws {
        let changed = try changed()
        let json = try changed.verify("--json")
        #expect(json.status == 1)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
        let findings = try #require(document["findings"] as? [[String: Any]])
        let rules = ["manifest/added", "manifest/missing", "manifest/missing", "manifest/changed"]
        #expect(findings.compactMap { $0["rule"] as? String } == rules)
        #expect((document["manifest"] as? [String: Any])?["case"] as? String == "K")
        #expect(document["whole"] as? Bool == false)
        let sarif = try changed.verify("--format", "sarif")
        let log = try #require(try JSONSerialization.jsonObject(with: Data(sarif.output)) as? [String: Any])
        let results = try #require((log["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
        #expect(sarif.status == 1 && results.compactMap { $0["ruleId"] as? String } == rules)
    }

    @Test("JSON is valid by the schema of verify")
    func schema() throws {
        let changed = try changed()
        let scratch = changed.scratch
        try scratch.write("schema.json", cryoscope("schema", "--verify").output)
        try scratch.write("out.json", changed.verify("--json").output)
        let root = Scenario.fixtures.deletingLastPathComponent()
        let run = try ToolRun(
            root.appending(path: ".build/python/bin/python"),
            [
                root.appending(path: "Scripts/validate.py").path, scratch.path("schema.json"),
                scratch.path("out.json"),
            ])
        #expect(run.outputText.hasSuffix("1 validated, 0 findings\n"), "\(run.outputText)\(run.errorText)")
    }

    @Test("A manifest that was changed itself")
    func tampered() throws {
        let (evidence, scratch) = (try ScratchFolder(copyOf: .named("crash")), try ScratchFolder())
        let text = try ManifestRun(evidence.path).run.outputText
        // Somebody adds a file, and lists it.
        try evidence.write("added.img", [])
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let member = #"{"name": "added.img", "type": "file", "size": 0, "sha256": "\#(empty)"}, "#
        let edited = text.replacing("\"members\": [", with: "\"members\": [\(member)", maxReplacements: 1)
        try scratch.write("manifest.json", Array(edited.utf8))
        let run = try cryoscope("verify", evidence.path, "--manifest", scratch.path("manifest.json"))
        #expect(run.status == 1 && run.outputText.hasPrefix("error    the checkpoint  [manifest/inconsistent]\n"))
        #expect(run.outputText.contains("1 error, "))
    }

    @Test("Manifests that cannot be read are errors of their own")
    func unreadable() throws {
        let folder = try ScratchFolder()
        for (name, text, detail) in [
            ("empty", "", "is damaged at byte 0"), ("other", "{\"format\": \"x\"}", "is no manifest of cryoscope"),
            ("export", try cryoscope("export", images("crash")).outputText, "is no manifest of cryoscope"),
            ("new", "{\"format\": \"cryoscope-manifest\", \"version\": 9}", "has version 9 of the form"),
            ("deep", String(repeating: "[", count: 1_000_000), "is damaged at byte"),
            ("evil", "{\"\u{1B}[31m\": 1, \"\u{1B}[31m\": 2}", "has the key \\x1b[31m twice"),
        ] {
            try folder.write(name, Array(text.utf8))
            let run = try cryoscope("verify", images("crash"), "--manifest", folder.path(name))
            #expect(run.status == 2 && run.output.isEmpty && run.errorLines.count == 1, "\(name)")
            #expect(
                run.errorText.hasPrefix("cryoscope: the manifest ") && run.errorText.contains(detail),
                "\(run.errorText)")
        }
        for path in [folder.path("gone"), folder.path, "/dev/zero"] {
            let run = try cryoscope("verify", images("crash"), "--manifest", path)
            #expect(run.status == 2 && run.errorText.hasPrefix("cryoscope: the manifest cannot be read: "))
        }
    }
}
