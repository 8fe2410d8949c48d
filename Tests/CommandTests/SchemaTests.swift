import CheckpointTestSupport
import Foundation
import Testing

/// Exports against the schema that the tool prints, by a validator that is not ours.
@Suite("The JSON Schema of exports")
struct SchemaTests {
    private static let scenarios =
        Scenario.recorded + ["chain/1", "chain/2", "chain/3", "arm64", "s390x", "ppc64el", "failed"]
    private static let archives = ["shelltree.tar", "redis-before.tar.zst", "redis-after.tar.zst"]
    private static let python = Scenario.fixtures.deletingLastPathComponent().appending(
        path: ".build/python/bin/python")
    private static let script = Scenario.fixtures.deletingLastPathComponent().appending(path: "Scripts/validate.py")

    /// Every bundled checkpoint, by the path that the tool opens.
    private static let checkpoints =
        scenarios.map { images($0) } + archives.map { Scenario.fixtures.appending(path: "archives/\($0)").path }

    @Test("Every export of every checkpoint is valid", arguments: ["json", "ndjson"], [[], ["--redact"]])
    func exports(_ format: String, _ options: [String]) throws {
        let folder = try ScratchFolder()
        let files = try SchemaTests.checkpoints.enumerated().map { index, checkpoint in
            let file = folder.path("\(index).\(format)")
            _ = try cryoscope(["export", checkpoint, "--format", format, "-o", file] + options)
            return file
        }
        try validate(files, format, in: folder)
    }

    @Test(
        "What commands print with --json is valid too",
        arguments: [
            "ps", "threads", "signals", "env", "maps", "files", "sockets", "mounts", "network", "namespaces", "ipc",
            "cgroups", "container",
        ], ["tree", "files", "container"])
    func commands(_ command: String, _ scenario: String) throws {
        let folder = try ScratchFolder()
        let run = try cryoscope(command, images(scenario), "--json")
        try folder.write("part.json", run.output)
        try validate([folder.path("part.json")], "json", in: folder)
    }

    @Test("Backtraces are valid by the schema of their own", arguments: ["crash", "tree", "chain/3", "s390x"])
    func backtraces(_ name: String) throws {
        let folder = try ScratchFolder()
        let root = Scenario.fixtures.appending(path: "crash/root").path
        try folder.write("bt.json", cryoscope("bt", images(name), "--json", "--sysroot", root).output)
        try validate([folder.path("bt.json")], by: cryoscope("schema", "--bt").output, in: folder)
    }

    @Test(
        "What the memory commands print is valid by schemas of their own",
        arguments: ["memory", "files", "crash", "chain/3", "s390x"])
    func memory(_ name: String) throws {
        let folder = try ScratchFolder()
        let pid = try #require(SchemaTests.firstPids[name])
        let root = ["--sysroot", Scenario.fixtures.appending(path: "crash/root").path]
        let range = try #require(SchemaTests.ranges[name])
        let runs: [(command: String, suffix: String, arguments: [String])] = [
            ("map", "json", root), ("read", "json", ["--pid", pid, range, "2M"] + root),
            ("extract", "json", ["--pid", pid, "--all", "-o", folder.path("all")] + root),
            ("search", "ndjson", ["--regex", "[a-z]{6}"] + root), ("strings", "ndjson", ["--encoding", "utf8"] + root),
        ]
        for (command, suffix, arguments) in runs {
            let run = try cryoscope(["memory", command, images(name), "--json"] + arguments)
            #expect(run.status == 0 && !run.output.isEmpty, "\(command): \(run.errorText)")
            let file = "\(command).\(suffix)"
            try folder.write(file, run.output)
            try validate([folder.path(file)], by: cryoscope("schema", "--memory", command).output, in: folder)
        }
    }

    private static let firstPids = [
        "memory": "4835", "files": "4736", "crash": "4888", "chain/3": "403", "s390x": "185",
    ]
    /// Where memory of several sorts lies together.
    private static let ranges = [
        "memory": "0x7f6197600000", "files": "0x7ffea1100000", "crash": "0x5581c5850000", "chain/3": "0x7f5c5ba00000",
        "s390x": "0x3ff9b400000",
    ]

    @Test("One schema is printed at a time", arguments: [["--bt", "--memory", "map"], ["--memory", "core"]])
    func usage(_ arguments: [String]) throws {
        #expect(try cryoscope(["schema"] + arguments).status == 64)
    }

    @Test(
        "A document with a member too many, or of the wrong type, is not valid",
        arguments: [
            (#""format": "cryoscope-checkpoint""#, #""format": "cryoscope-checkpoint", "more": 1"#),
            (#""pid": "#, #""pid": "x", "pid_was": "#),
        ])
    func invalid(_ old: String, _ new: String) throws {
        let folder = try ScratchFolder()
        let run = try cryoscope("export", images("crash"))
        let changed = run.outputText.replacing(old, with: new)
        #expect(changed != run.outputText)
        try folder.write("bad.json", Array(changed.utf8))
        try folder.write("schema.json", cryoscope("schema").output)
        let arguments = [SchemaTests.script.path, folder.path("schema.json"), folder.path("bad.json")]
        #expect(try ToolRun(SchemaTests.python, arguments).status == 1)
    }

    @Test("The schemas that ship with the sources are those that the tool prints")
    func shipped() throws {
        let folder = Scenario.fixtures.deletingLastPathComponent().appending(path: "Sources/CheckpointReport/Schema")
        for (format, name) in [("json", "checkpoint"), ("ndjson", "record")] {
            let shipped = try Data(contentsOf: folder.appending(path: "\(name).schema.json"))
            #expect(try cryoscope("schema", "--format", format).output == [UInt8](shipped), "run make schema")
        }
    }

    private func validate(_ files: [String], _ format: String, in folder: ScratchFolder) throws {
        try validate(files, by: cryoscope("schema", "--format", format).output, in: folder)
    }

    private func validate(_ files: [String], by schema: [UInt8], in folder: ScratchFolder) throws {
        try folder.write("schema.json", schema)
        let run = try ToolRun(SchemaTests.python, [SchemaTests.script.path, folder.path("schema.json")] + files)
        #expect(run.status == 0, "\(run.outputText)\(run.errorText)")
        #expect(run.outputText.hasSuffix("\(files.count) validated, 0 findings\n"))
    }
}
