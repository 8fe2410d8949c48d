import CheckpointTestSupport
import Foundation
import Testing

/// What diff prints against the schema that the tool prints, by a validator that is not ours.
@Suite("The JSON Schema of differences of images and of bytes")
struct ImageDiffSchemaTests {
    private static let package = Scenario.fixtures.deletingLastPathComponent()
    private static let python = package.appending(path: ".build/python/bin/python")
    private static let script = package.appending(path: "Scripts/validate.py")

    @Test(
        "Every pair of images of the two dumps is valid",
        arguments: [["--json"], ["--json", "--unchanged"], ["--ndjson"]])
    func images(_ options: [String]) throws {
        let folder = try ScratchFolder()
        let (before, after) = (Scenario.named("diff-before"), Scenario.named("diff-after"))
        var files: [String] = []
        for image in before.images {
            let other = after.image(image.fileName).url.path
            guard FileManager.default.fileExists(atPath: other) else { continue }
            let run = try cryoscope(["diff", image.url.path, other, "--bytes"] + options)
            #expect(run.status < 2, "\(image): \(run.errorText)")
            try folder.write("\(files.count)\(options[0]).txt", run.output)
            files.append(folder.path("\(files.count)\(options[0]).txt"))
        }
        #expect(files.count > 25)
        try validate(files, options[0], in: folder)
    }

    @Test("Bytes of checkpoints are valid, and only there if asked for", arguments: ["--json", "--ndjson"])
    func bytes(_ form: String) throws {
        let folder = try ScratchFolder()
        let sides = ["diff-before", "diff-after"].map { Scenario.named($0).folder.path }
        let run = try cryoscope(["diff"] + sides + ["--bytes", form])
        try folder.write("bytes", run.output)
        try validate([folder.path("bytes")], form, in: folder)
        #expect(run.outputText.contains("\"address\": \"0x"))
        let plain = try cryoscope(["diff"] + sides + [form])
        #expect(!plain.outputText.contains("\"bytes\": ["))
    }

    private func validate(_ files: [String], _ form: String, in folder: ScratchFolder) throws {
        let format = form == "--json" ? "json" : "ndjson"
        try folder.write("schema.json", cryoscope("schema", "--diff", "--format", format).output)
        let named = try files.enumerated().map { index, file in
            let name = folder.path("\(index).\(format)")
            try FileManager.default.moveItem(atPath: file, toPath: name)
            return name
        }
        let arguments = [Self.script.path, folder.path("schema.json")] + named
        let run = try ToolRun(Self.python, arguments)
        #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
        #expect(run.outputText.hasSuffix("\(files.count) validated, 0 findings\n"))
    }
}
