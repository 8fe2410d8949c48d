import CheckpointTestSupport
import Foundation
import Testing

/// `manifest` as a process, with the programs that have to agree with it.
@Suite("Manifests")
struct ManifestCommandTests {
    private static let script = Scenario.fixtures.deletingLastPathComponent().appending(path: "Scripts/manifest-digest")
    private static let sets =
        ["crash/images", "chain", "chain/3", "s390x/images", "container/images"]
        + ["shelltree.tar", "shelltree.tar.gz", "shelltree.tar.zst", "redis-after.tar.zst"].map { "archives/" + $0 }

    private static func path(_ set: String) -> String { Scenario.fixtures.appending(path: set).path }

    // MARK: The digest

    @Test("jq and sha256sum compute the same digest, and exports carry it", arguments: sets)
    func digest(_ set: String) throws {
        let path = Self.path(set)
        let scratch = try ScratchFolder()
        let manifest = try ManifestRun(path)
        let computed = try ToolRun(Self.script, [manifest.saved(in: scratch)])
        #expect(computed.status == 0 && computed.outputText == "\(manifest.digest ?? "")\n")
        guard set != "chain" else { return }
        let export = try cryoscope("export", path)
        let document = try JSONSerialization.jsonObject(with: Data(export.output)) as? [String: Any]
        #expect(document?["manifest_digest"] as? String == manifest.digest)
        let lines = try cryoscope("export", path, "--format", "ndjson").output.split(separator: 0x0A)
        let head = try JSONSerialization.jsonObject(with: Data(try #require(lines.first))) as? [String: Any]
        #expect(head?["manifest_digest"] as? String == manifest.digest)
    }

    @Test("So they do with odd names, and sha256sum finds every file")
    func oddNames() throws {
        let (evidence, scratch) = (try oddlyNamedEvidence(), try ScratchFolder())
        let manifest = try ManifestRun(evidence.path)
        let computed = try ToolRun(Self.script, [manifest.saved(in: scratch)])
        #expect(computed.outputText == "\(manifest.digest ?? "")\n", "\(computed.errorText)")
        try scratch.write("sums", cryoscope("manifest", evidence.path, "--format", "sha256sum").output)
        let check = try shell("sha256sum --check --strict --quiet '\(scratch.path("sums"))'", in: evidence.url)
        #expect(check.status == 0 && check.outputText == "", "\(check.outputText)\(check.errorText)")
        // As many lines as files, in the order of sha256sum itself but for the escapes.
        let own = try shell(
            "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum -- ", in: evidence.url)
        #expect(try scratch.bytes("sums") == own.output)
        try evidence.write("new\nline", [])
        #expect(try shell("sha256sum --check --quiet '\(scratch.path("sums"))'", in: evidence.url).status == 1)
    }

    @Test("sha256sum checks a chain through its links, and an archive")
    func checksums() throws {
        let scratch = try ScratchFolder()
        for (set, folder) in [("chain/3", "chain/3"), ("archives/shelltree.tar.gz", "archives")] {
            let run = try cryoscope("manifest", Self.path(set), "--format", "sha256sum")
            try scratch.write("sums", run.output)
            let lines = run.outputText.split(separator: "\n")
            let folder = URL(filePath: Self.path(folder))
            #expect(try shell("sha256sum --check --strict '\(scratch.path("sums"))'", in: folder).status == 0)
            #expect(
                set.hasPrefix("chain") ? lines.contains { $0.contains("  parent/parent/pages-") } : lines.count == 1)
        }
    }

    @Test("On a terminal, names are harmless")
    func terminal() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        try folder.write("evil\u{1B}[31m\u{7}", [])
        let output = try onTerminal("manifest '\(folder.path)' --format sha256sum").output
        #expect(String(decoding: output, as: UTF8.self).contains("  evil\\x1b[31m\\x07"))
        #expect(!output.contains(0x1B) && !output.contains(7))
    }

    // MARK: The document

    @Test("Two runs differ in nothing but the time, and that can be set")
    func reproducible() throws {
        let time = ["SOURCE_DATE_EPOCH": "1000000000"]
        let runs = try (0..<2).map { _ in try cryoscope("manifest", images("crash"), environment: time) }
        #expect(runs[0].status == 0 && runs[0].output == runs[1].output)
        #expect(runs[0].outputText.contains(#""made_at": "2001-09-09T01:46:40Z""#))
        let now = try ManifestRun(images("crash")).document["made_at"] as? String
        let date = try Date(try #require(now), strategy: .iso8601)
        #expect(abs(date.timeIntervalSinceNow) < 300)
        for wrong in ["", "x", "-1", "1.5", "253402300800", "99999999999999999999"] {
            let run = try cryoscope("manifest", images("crash"), environment: ["SOURCE_DATE_EPOCH": wrong])
            #expect(run.status == 2 && run.output.isEmpty && run.errorText.contains("not seconds since 1970"))
        }
    }

    @Test("Who and where are told only if they are asked for, and change no digest")
    func custody() throws {
        let plain = try ManifestRun(images("crash"))
        #expect(Set(plain.document.keys).isDisjoint(with: ["case", "examiner", "host"]))
        let full = try ManifestRun(
            images("crash"), "--case", "2026/17 \u{1B}[31m", "--examiner", "Ren\u{E9}e", "--host")
        #expect(full.document["case"] as? String == "2026/17 \u{1B}[31m" && full.digest == plain.digest)
        #expect(full.document["examiner"] as? String == "Ren\u{E9}e")
        let host = try #require(full.document["host"] as? [String: Any])
        #expect(host["kernel"] as? String == (try shell("uname -sr | tr -d '\\n'").outputText))
        #expect(host["name"] as? String == (try shell("uname -n | tr -d '\\n'").outputText))
        #expect(host["machine"] as? String == (try shell("uname -m | tr -d '\\n'").outputText))
        #expect(host["user_id"] as? Int == Int(geteuid()))
        let tool = try #require(full.document["tool"] as? [String: Any])
        #expect((tool["arguments"] as? [String])?.first == "manifest" && tool["name"] as? String == "cryoscope")
    }

    @Test("Arguments that are not UTF-8 are told as they were given")
    func rawArguments() throws {
        let run = try shell(#""$cryoscope" manifest '\#(images("crash"))' --case "$(printf 'caf\351')""#)
        let document = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
        #expect((document?["case"] as? [String: String])?["hex"] == "636166e9")
        let arguments = (document?["tool"] as? [String: Any])?["arguments"] as? [Any]
        #expect((arguments?.last as? [String: String])?["hex"] == "636166e9")
    }

    @Test("Documents are valid by a schema of their own")
    func schema() throws {
        let folder = try ScratchFolder()
        try folder.write("schema.json", cryoscope("schema", "--manifest").output)
        let odd = try oddlyNamedEvidence()
        let paths = Self.sets.map(Self.path) + [odd.path]
        let files = try paths.enumerated().map { index, path in
            try folder.write("\(index).json", cryoscope("manifest", path, "--host", "--case", "a").output)
            return folder.path("\(index).json")
        }
        let root = Scenario.fixtures.deletingLastPathComponent()
        let run = try ToolRun(
            root.appending(path: ".build/python/bin/python"),
            [root.appending(path: "Scripts/validate.py").path, folder.path("schema.json")] + files)
        #expect(run.outputText.hasSuffix("\(files.count) validated, 0 findings\n"), "\(run.outputText)\(run.errorText)")
    }

    // MARK: What cannot be read

    @Test("What cannot be read is listed with the reason, and makes the status 2")
    func unreadable() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        try folder.makeFolder("closed")
        try folder.write("closed/inside", [1])
        let before = try ManifestRun(folder.path)
        for name in ["closed", "pages-1.img"] {
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path(name))
        }
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path("closed"))
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        let run = try unprivileged(["manifest", folder.path])
        #expect(run.status == 2 && run.errorLines.count == 2, "\(run.errorText)")
        #expect(run.errorText.contains("pages-1.img: cannot be read: Permission denied"))
        #expect(run.errorText.contains("closed: cannot be read: Permission denied"))
        let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        let sources = document["sources"] as? [[String: Any]]
        let members = try #require(sources?.first?["members"] as? [[String: Any]])
        let lacking = members.filter { $0["sha256"] is NSNull }
        #expect(lacking.compactMap { $0["name"] as? String } == ["closed", "pages-1.img"])
        #expect((document["problems"] as? [Any])?.count == 2)
        // Neither is missing, and neither is whole.
        let scratch = try ScratchFolder()
        let manifest = try before.saved(in: scratch)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path)
        let verified = try unprivileged(["verify", folder.path, "--manifest", manifest])
        #expect(verified.status == 1 && !verified.outputText.contains("[manifest/missing]"))
        #expect(verified.outputText.components(separatedBy: "[manifest/unreadable]").count == 3)
    }

    @Test("An archive that is damaged has a manifest, and status 2")
    func damagedArchive() throws {
        let folder = try ScratchFolder()
        let whole = [UInt8](try Data(contentsOf: Scenario.fixtures.appending(path: "archives/shelltree.tar.zst")))
        try folder.write("cut.tar.zst", Array(whole.dropLast(1000)))
        let manifest = try ManifestRun(folder.path("cut.tar.zst"), status: 2)
        #expect(manifest.sources.first?["size"] as? Int == whole.count - 1000)
        #expect(!((manifest.document["problems"] as? [Any]) ?? []).isEmpty)
    }

    // MARK: Output

    @Test("Output never goes into the evidence")
    func outputInside() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        let names = folder.names
        try folder.makeFolder("sub")
        let other = try ScratchFolder()
        try other.link("way", to: folder.path)
        for target in [
            folder.path("m.json"), folder.path("sub/m.json"), folder.path("pstree.img"), other.path("way/m.json"),
            other.path("way/../" + folder.url.lastPathComponent + "/m"),
        ] {
            let run = try cryoscope("manifest", folder.path, "-o", target)
            #expect(run.status == 2 && run.output.isEmpty, "\(target)")
            #expect(run.errorText == "cryoscope: \(target) lies in the evidence, which is not to be changed\n")
        }
        let redirected = try shell("\"$cryoscope\" manifest '\(folder.path)' > '\(folder.path("sub/out"))'")
        #expect(redirected.status == 2 && redirected.errorText.contains("standard output lies in the evidence"))
        try FileManager.default.removeItem(atPath: folder.path("sub"))
        // Other documents may be put beside the images, but not in their place.
        for format in ["json", "ndjson", "core"] {
            let run = try cryoscope("export", folder.path, "--format", format, "-o", folder.path("pstree.img"))
            #expect(run.status == 2 && run.errorText.hasSuffix("lies in the evidence, which is not to be changed\n"))
        }
        #expect(folder.names == names)
        for name in names { #expect(try folder.bytes(name) == image("crash", name).bytes()) }
    }

    @Test("Nor into a snapshot that it builds on, nor over an archive; beside it is fine")
    func outputBeside() throws {
        let folder = try ScratchFolder()
        for link in ["1", "2"] {
            try folder.makeFolder(link)
            try folder.write("\(link)/inventory.img", [1])
        }
        try folder.link("2/parent", to: "../1")
        #expect(try cryoscope("manifest", folder.path("2"), "-o", folder.path("1/m")).status == 2)
        var tar = TarBuilder()
        tar.add("checkpoint/inventory.img", [1])
        try folder.write("a.tar", tar.archive)
        for command in ["manifest", "export"] {
            #expect(try cryoscope(command, folder.path("a.tar"), "-o", folder.path("a.tar")).status == 2)
        }
        #expect(try folder.bytes("a.tar") == tar.archive)
        #expect(try cryoscope("manifest", folder.path("2"), "-o", folder.path("2m")).status == 0)
        #expect(try isJSON(folder.bytes("2m")) && folder.names == ["1", "2", "2m", "a.tar"])
    }

    @Test("Wrong usage")
    func usage() throws {
        for options in [
            ["--container", "x"], ["--format", "sha256sum", "--case", "x"], ["--format", "md5"], ["--pid", "1"],
        ] {
            #expect(try cryoscope(["manifest", images("crash")] + options).status == 64, "\(options)")
        }
        #expect(try cryoscope("verify", images("crash"), "--manifest", "x", "--rules").status == 64)
        #expect(try cryoscope("verify", images("crash"), "--manifest", "x", "--container", "y").status == 64)
        for path in ["/dev/null/gone", "/dev/zero"] {
            let run = try cryoscope("manifest", path)
            #expect(run.status == 2 && run.errorLines.count == 1 && run.output.isEmpty)
        }
    }
}
