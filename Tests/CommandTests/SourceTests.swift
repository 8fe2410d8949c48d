import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("Archives on the command line")
struct SourceTests {
    private static let commands = [
        ["show"], ["ps"], ["files"], ["maps"], ["export"], ["export", "--format", "ndjson"],
    ]

    private func shelltree() throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Scenario.fixtures.appending(path: "archives/shelltree.tar")))
    }

    /// A tar of `crash` with a page image that is large enough to be passed over when the archive is looked through.
    private func large() throws -> [UInt8] {
        var tar = TarBuilder()
        for image in Scenario.named("crash").images {
            var bytes = try image.bytes()
            if image.fileName == "pages-1.img" { bytes += Array(repeating: 0xA5, count: 3 << 20) }
            tar.add("checkpoint/" + image.fileName, bytes)
        }
        return tar.archive
    }

    @Test("The output is the same in every compression, of small archives and of large ones", arguments: commands)
    func compressions(_ command: [String]) throws {
        for (archive, isLarge) in [(try shelltree(), false), (try large(), true)] {
            var outputs: [String] = []
            for compression in [nil] + Compression.allCases.map({ $0 }) {
                let folder = try ScratchFolder()
                let bytes = try compression?.pack(archive) ?? archive
                try folder.write("archive", bytes)
                let run = try cryoscope(command + ["archive"], in: folder.url)
                #expect(run.status == 0, "\(run.errorText)")
                #expect(folder.names == ["archive"])
                // The archive itself differs in size and digest.
                let text = run.outputText.replacing(ImageBytes(bytes).sha256(), with: "SHA").replacing(
                    "\(bytes.count)", with: "SIZE")
                outputs.append(text.replacing(/"manifest_digest": "[0-9a-f]{64}"/, with: ""))
            }
            #expect(outputs.allSatisfy { $0 == outputs[0] }, "\(command), \(isLarge)")
        }
    }

    // MARK: Damage

    @Test("An archive cut in half shows the rest, with warnings", arguments: [nil, .gzip, .zstd] as [Compression?])
    func half(_ compression: Compression?) throws {
        let folder = try ScratchFolder()
        let whole = try compression?.pack(shelltree()) ?? shelltree()
        // Half of a zstd of this size is less than its first block, of which nothing can be had.
        try folder.write("half", Array(whole[..<(whole.count * (compression == .zstd ? 6 : 5) / 10)]))
        let run = try cryoscope("show", folder.path("half"))
        #expect(run.status == 2)
        #expect(run.outputText.contains("web (Podman)") && run.outputText.contains("localhost/bbox"))
        #expect(!run.errorLines.isEmpty)
        #expect(folder.names == ["half"])
    }

    @Test("A member removed, broken JSON, a name that leads outside, two of one name")
    func hostile() throws {
        let folder = try ScratchFolder()
        let names = ["checkpoint/pagemap-8.img", "config.dump"]
        for (index, name) in names.enumerated() {
            try folder.write("archive", try shelltreeReplacing(name, with: index == 0 ? nil : "{\"name\": \"web"))
            let run = try cryoscope("show", folder.path("archive"))
            #expect(run.status == 2)
            #expect(run.errorText.contains(name.replacing("checkpoint/", with: "")), "\(run.errorText)")
            #expect(run.outputText.contains("tail -f /var/log/app.log"))
        }
        for (name, content) in [("../../x", "x"), ("config.dump", #"{"name": "other"}"#), ("/etc/x", "x")] {
            var tar = TarBuilder()
            tar.add(name, Array(content.utf8))
            try folder.write("archive", Array(try shelltree().dropLast(1024)) + tar.archive)
            let run = try cryoscope("show", folder.path("archive"))
            #expect(run.status == 2, "\(name)")
            #expect(run.errorText.contains(name.trimmingPrefix("/")), "\(run.errorText)")
            #expect(run.outputText.contains("tail -f /var/log/app.log"))
        }
        #expect(folder.names == ["archive"])
        #expect(!FileManager.default.fileExists(atPath: folder.path("../../x")))
    }

    /// The archive with another content of a member, or without it.
    private func shelltreeReplacing(_ name: String, with text: String?) throws -> [UInt8] {
        let bytes = try shelltree()
        var copy: [UInt8] = []
        var offset = 0
        while offset + 512 <= bytes.count, bytes[offset] != 0 {
            let header = bytes[offset..<(offset + 512)]
            let own = String(decoding: header.prefix(100).prefix { $0 != 0 }, as: UTF8.self)
            let size = Int(String(decoding: header.dropFirst(124).prefix(11), as: UTF8.self), radix: 8) ?? 0
            let end = offset + 512 + (size + 511) / 512 * 512
            if own != name {
                copy += bytes[offset..<end]
            } else if let text {
                var tar = TarBuilder()
                tar.add(name, Array(text.utf8))
                copy += tar.bytes
            }
            offset = end
        }
        return copy + Array(repeating: 0, count: 1024)
    }

    // MARK: Options

    @Test("Of several containers one is chosen by name")
    func container() throws {
        let folder = try ScratchFolder()
        var tar = TarBuilder()
        for (name, scenario) in [("web", "crash"), ("db", "tree")] {
            for image in Scenario.named(scenario).images {
                tar.add("\(name)/checkpoint/\(image.fileName)", try image.bytes())
            }
            tar.add("\(name)/config.dump", Array("{}".utf8))
        }
        try folder.write("pod", tar.archive)
        let none = try cryoscope("ps", folder.path("pod"))
        #expect(none.status == 2 && none.output.isEmpty)
        #expect(none.errorLines.count == 1 && none.errorText.contains("db, web"))
        let web = try cryoscope("ps", folder.path("pod"), "--container", "web")
        #expect(web.outputText.contains("crash") && !web.outputText.contains("sleeper"))
        #expect(try cryoscope("export", folder.path("pod"), "--container", "db").outputText.contains("sleeper"))
    }

    @Test("A spool folder that is not there is named where contents are missing")
    func spool() throws {
        let folder = try ScratchFolder()
        try folder.write("archive", try Compression.gzip.pack(large()))
        let run = try cryoscope("show", folder.path("archive"), "--spool", folder.path("gone"))
        #expect(run.status == 0, "\(run.errorText)")
        #expect(run.outputText.contains("crash"))
    }

    @Test("A path that is not UTF-8")
    func badPath() throws {
        let folder = try ScratchFolder()
        let line = """
            cp -r '\(images("crash"))' "$(printf 'a\\377b')"
            "$cryoscope" ps "$(printf 'a\\377b')" && "$cryoscope" decode -i "$(printf 'a\\377b')/pstree.img" | wc -l
            "$cryoscope" ps "$(printf 'c\\377d')"
            """
        let run = try shell(line, in: folder.url)
        #expect(run.outputText.contains("crash") && run.outputText.hasSuffix("1\n"))
        #expect(run.errorText == "cryoscope: c\\xffd cannot be opened: No such file or directory\n")
    }

    // MARK: Interruption

    @Test("An interruption leaves nothing behind", arguments: [SIGINT, SIGTERM])
    func interruption(_ signal: Int32) throws {
        let folder = try ScratchFolder()
        try folder.write("out", [1, 2, 3])
        // A deleted file of 8 GiB of zeros, which take no room on disk and long to be written out.
        let head = ImageBuilder(.ghostFile).entry(
            MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0o100600))
        try folder.write("ghost-file-1.img", head.bytes)
        #expect(truncate(folder.path("ghost-file-1.img"), 8 << 30) == 0)
        let tool = try spawnTool(["decode", "-i", folder.path("ghost-file-1.img"), "-o", folder.path("out")])
        usleep(500_000)
        kill(tool, signal)
        var status: Int32 = 0
        waitpid(tool, &status, 0)
        #expect(status & 0x7F == signal)
        #expect(folder.names == ["ghost-file-1.img", "out"])
        #expect(try folder.bytes("out") == [1, 2, 3])
    }
}
