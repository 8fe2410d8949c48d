import CheckpointTestSupport
import Foundation
import Testing

/// `verify` as a process: what it prints, and its exit status.
@Suite("Is an image set whole?")
struct VerifyTests {
    private static let python = Scenario.fixtures.deletingLastPathComponent().appending(
        path: ".build/python/bin/python")
    private static let script = Scenario.fixtures.deletingLastPathComponent().appending(path: "Scripts/validate.py")

    /// A dump whose page map lists one page more than there is, and with a byte sequence in a name that a terminal obeys.
    private func broken() throws -> ScratchFolder {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        try folder.write("pages-1.img", folder.bytes("pages-1.img").dropLast(4096))
        try folder.write("evil\u{1B}[31m <&>.txt", [])
        return folder
    }

    @Test(
        "Every bundled checkpoint is whole", arguments: Scenario.recorded + ["chain/1", "chain/2", "chain/3", "s390x"])
    func whole(_ name: String) throws {
        let run = try cryoscope("verify", images(name))
        #expect(run.status == 0 && run.errorText == "", "\(run.outputText)")
        #expect(run.outputText.contains(": whole: "))
    }

    @Test("What is found is printed, with a status of its own")
    func found() throws {
        let folder = try broken()
        let run = try cryoscope("verify", folder.path)
        #expect(run.status == 1 && run.errorText == "")
        #expect(
            run.outputText.hasPrefix(
                """
                error    pages-1.img, byte 147456  [pages/too-short]
                         A pages image has fewer pages than its page map lists.
                         147456 bytes, but pagemap-4888.img lists 151552
                note     evil\\x1b[31m <&>.txt  [image/foreign-file]
                """), "\(run.outputText)")
        #expect(run.outputText.hasSuffix(": not whole: 18 files, 1 error, 0 warnings, 1 note\n"))
    }

    @Test("What cannot be opened is no finding")
    func unreadable() throws {
        let folder = try ScratchFolder()
        for arguments in [["verify", folder.path], ["verify", folder.path("nothing")]] {
            let run = try cryoscope(arguments)
            #expect(run.status == 2 && run.output.isEmpty && !run.errorText.isEmpty)
        }
        #expect(try cryoscope("verify").status == 64)
        #expect(try cryoscope("verify", images("crash"), "--json", "--format", "sarif").status == 64)
        #expect(try cryoscope("verify", images("crash"), "--format", "xml").status == 64)
    }

    @Test("JSON is valid by a schema of its own")
    func json() throws {
        let folder = try ScratchFolder()
        let paths = [images("crash"), images("chain/3"), try broken().path]
        try folder.write("schema.json", cryoscope("schema", "--verify").output)
        let made = try broken()
        let files = try (paths.dropLast() + [made.path]).enumerated().map { index, path in
            let run = try cryoscope("verify", path, "--json")
            #expect(run.status == (path == made.path ? 1 : 0))
            try folder.write("\(index).json", run.output)
            return folder.path("\(index).json")
        }
        let run = try ToolRun(VerifyTests.python, [VerifyTests.script.path, folder.path("schema.json")] + files)
        #expect(run.outputText.hasSuffix("3 validated, 0 findings\n"), "\(run.outputText)\(run.errorText)")
    }

    @Test("The rules are listed, as text and as JSON")
    func rules() throws {
        let text = try cryoscope("verify", "--rules")
        #expect(text.status == 0 && text.outputText.contains("pages/too-short  error\n  A pages image has fewer pages"))
        let json = try cryoscope("verify", "--rules", "--json")
        let rules = try #require(JSONSerialization.jsonObject(with: Data(json.output)) as? [[String: String]])
        #expect(rules.count > 90 && rules.allSatisfy { Set($0.keys) == ["id", "severity", "meaning", "explanation"] })
        for rule in rules { #expect(text.outputText.contains(try #require(rule["id"]))) }
    }
}
