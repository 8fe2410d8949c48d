import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

@Suite("diff of two images")
struct ImageDiffTests {
    @Test("Every image against itself: nothing, status 0", arguments: Scenario.all)
    func itself(_ scenario: Scenario) throws {
        let folder = try ScratchFolder()
        // What only looks like the same file must not be taken for it.
        let copies = try ScratchFolder(copyOf: scenario)
        for image in scenario.images where ImageKind(fileName: image.fileName) != nil {
            let run = try cryoscope("diff", image.url.path, copies.path(image.fileName), "--json")
            #expect(run.status == 0 && run.errorText == "", "\(image): \(run.errorText)")
            #expect(try changes(run).isEmpty, "\(image)")
        }
        _ = folder
    }

    /// Edits of the JSON of images: an image, what is replaced where it stands first, and the change that follows.
    static let edits: [Edit] = [
        Edit("tree", "pstree.img", (#""ppid": 0"#, #""ppid": 7"#), ["ppid"], "0", "7"),
        Edit("files", "files.img", (#""pos": 0"#, #""pos": 77"#), ["reg", "pos"], "0", "77"),
        Edit("crash", "mm-4888.img", (#""dumpable": 1"#, #""dumpable": 0"#), ["dumpable"], "1", "0"),
        Edit("crash", "core-4888.img", (#""comm": ""#, #""comm": "x"#), ["tc", "comm"], nil, nil),
        Edit("s390x", "pstree.img", (#""pgid": "#, #""pgid": 1"#), ["pgid"], nil, nil),
    ]

    @Test(
        "An edited image: exactly the field that was edited, status 1, and swapped the other way round",
        arguments: edits)
    func edited(_ edit: Edit) throws {
        let folder = try ScratchFolder()
        let original = image(edit.scenario, edit.name)
        try folder.write(edit.name, edit.edited(original))
        let run = try cryoscope("diff", original.url.path, folder.path(edit.name), "--json")
        #expect(run.status == 1 && run.errorText == "")
        let found = try changes(run)
        #expect(found.count == 1)
        let change = try #require(found.first)
        #expect(change["path"] as? [String] == edit.path && change["kind"] as? String == "changed")
        #expect(change["subject"] as? String == "image" && change["entry"] as? Int != nil)
        if let before = edit.before, let after = edit.after {
            #expect("\(change["before"] ?? "")" == before && "\(change["after"] ?? "")" == after)
        }
        let back = try #require(
            try changes(cryoscope("diff", folder.path(edit.name), original.url.path, "--json")).first)
        #expect("\(back["before"] ?? "")" == "\(change["after"] ?? "")")
        #expect("\(back["after"] ?? "")" == "\(change["before"] ?? "")")
        let lines = try cryoscope("diff", original.url.path, folder.path(edit.name), "--ndjson")
        #expect(lines.status == 1 && lines.outputText.split(separator: "\n").count == 2)
    }

    @Test("An entry more and an entry less, by what tells them apart")
    func entries() throws {
        let folder = try ScratchFolder()
        let original = image("tree", "pstree.img")
        let text = String(decoding: try #require(original.golden(isPretty: false)), as: UTF8.self)
        let start = try #require(
            text.range(of: #"{"pid": "#, range: text.range(of: #"}, {"#)!.upperBound..<text.endIndex))
        let end = try #require(text.range(of: "}, ", range: start.upperBound..<text.endIndex))
        let fewer = text.replacingCharacters(in: start.lowerBound..<end.upperBound, with: "")
        try folder.write("pstree.img", encode(fewer))
        let gone = try changes(cryoscope("diff", original.url.path, folder.path("pstree.img"), "--json"))
        #expect(gone.map { $0["kind"] as? String } == ["gone"] && gone.first?["entry_key"] as? String == "pid")
        let new = try changes(cryoscope("diff", folder.path("pstree.img"), original.url.path, "--json"))
        #expect(new.map { $0["kind"] as? String } == ["appeared"])
        #expect(new.first?["entry"] as? Int == gone.first?["entry"] as? Int)
    }

    @Test("Payloads: pipe data with one byte changed")
    func payload() throws {
        let folder = try ScratchFolder()
        let original = image("files", "pipes-data.img")
        var bytes = try original.bytes()
        var cursor = try original.open().entries()
        var last: Int?
        while try cursor.next() {
            if case .bytes(let range, _) = cursor.payload, !range.isEmpty { last = range.upperBound - 1 }
        }
        bytes[try #require(last)] ^= 1
        try folder.write("pipes-data.img", bytes)
        let run = try cryoscope("diff", original.url.path, folder.path("pipes-data.img"))
        #expect(run.status == 1)
        #expect(run.outputText.contains("~ extra"))
        let json = try changes(cryoscope("diff", original.url.path, folder.path("pipes-data.img"), "--json"))
        #expect(json.map { $0["path"] as? [String] } == [["extra"]])
    }

    @Test("Raw pages: the page, its first byte, and with --bytes both bytes")
    func raw() throws {
        let folder = try ScratchFolder()
        let original = image("tree", "pages-1.img")
        var bytes = try original.bytes()
        bytes[2 * 4096 + 5] ^= 0xFF
        try folder.write("pages-1.img", bytes)
        let run = try cryoscope("diff", original.url.path, folder.path("pages-1.img"), "--json", "--bytes")
        #expect(run.status == 1)
        let change = try #require(try changes(run).first)
        #expect(change["start"] as? String == "0x2000" && change["page_count"] as? Int == 1)
        let ranges = try #require(change["bytes"] as? [[String: Any]])
        let old = try original.bytes()[2 * 4096 + 5]
        #expect(ranges.map { $0["address"] as? String } == ["0x2005"])
        #expect(ranges.first?["before"] as? String == hex(old) && ranges.first?["after"] as? String == hex(old ^ 0xFF))
        let text = try cryoscope("diff", original.url.path, folder.path("pages-1.img"))
        #expect(text.outputText.contains("differs at 0x2005, in page 2"))
        let plain = try changes(cryoscope("diff", original.url.path, folder.path("pages-1.img"), "--json"))
        #expect(plain.first?["bytes"] == nil)
    }

    @Test("Damage: what can be compared, what is not known, status 2")
    func damage() throws {
        let folder = try ScratchFolder()
        let original = image("tree", "pstree.img")
        try folder.write("pstree.img", Array(try original.bytes().dropLast(2)))
        let run = try cryoscope("diff", original.url.path, folder.path("pstree.img"), "--json")
        #expect(run.status == 2 && run.errorLines.count == 1)
        #expect(run.errorText.contains("pstree.img, entry 20, byte "))
        let found = try changes(run)
        #expect(found.map { $0["kind"] as? String } == ["unknown"])
        #expect(found.first?["unknown_side"] as? String == "after" && found.first?["entry"] as? Int == 20)
        // The same damage on both sides is still damage.
        #expect(try cryoscope("diff", folder.path("pstree.img"), folder.path("pstree.img")).status == 2)
    }

    @Test("Cut anywhere, or with any byte changed, an image is compared or refused, and nothing fails")
    func hostile() throws {
        let folder = try ScratchFolder()
        let original = image("files", "files.img")
        let bytes = try original.bytes()
        for place in stride(from: 0, to: bytes.count, by: bytes.count / 12) {
            var changed = bytes
            changed[place] ^= 0xFF
            try folder.write("files.img", changed)
            #expect([1, 2].contains(try cryoscope("diff", original.url.path, folder.path("files.img")).status))
            try folder.write("files.img", Array(bytes[..<place]))
            #expect([1, 2].contains(try cryoscope("diff", folder.path("files.img"), original.url.path).status))
        }
    }

    @Test("Images of different kinds, an image and a checkpoint: one line, status 2")
    func kinds() throws {
        let (tree, files) = (image("tree", "pstree.img").url.path, image("tree", "files.img").url.path)
        for arguments in [[tree, files], [tree, images("tree")], [images("tree"), tree]] {
            let run = try cryoscope(["diff"] + arguments)
            #expect(run.status == 2 && run.errorLines.count == 1 && run.output.isEmpty)
        }
        #expect(try cryoscope("diff", tree, files).errorText.contains("is PSTREE"))
    }

    @Test(
        "Options that go with checkpoints are wrong usage",
        arguments: [["--only", "files"], ["--pid", "1"], ["--ignore-criu"], ["--only", "image"]])
    func usage(_ options: [String]) throws {
        let tree = image("tree", "pstree.img").url.path
        #expect(try cryoscope(["diff", tree, tree] + options).status == 64)
    }

    @Test("--unchanged shows what is the same, status 0")
    func unchanged() throws {
        let tree = image("tree", "pstree.img").url.path
        let run = try cryoscope("diff", tree, tree, "--unchanged", "--json")
        #expect(run.status == 0)
        let found = try changes(run)
        #expect(found.count > 21 && found.allSatisfy { $0["kind"] as? String == "same" })
    }

    @Test("Of 200,000 runs, only the few that changed are told")
    func large() throws {
        let folder = try ScratchFolder()
        var (old, new) = (ImageBuilder(.pagemap), ImageBuilder(.pagemap))
        old.append(MessageBuilder().varint(1, 1))
        new.append(MessageBuilder().varint(1, 1))
        for index in 0..<200_000 as Range<UInt64> {
            old.append(.run(0x7F00_0000_0000 + index << 13, 1))
            if index != 150_000 { new.append(.run(0x7F00_0000_0000 + index << 13, index == 70_000 ? 2 : 1)) }
        }
        try folder.write("a.img", old.bytes)
        try folder.write("b.img", new.bytes)
        let found = try changes(cryoscope("diff", folder.path("a.img"), folder.path("b.img"), "--json"))
        #expect(found.map { $0["kind"] as? String } == ["changed", "gone"])
        #expect(found.map { $0["entry"] as? Int } == [70_001, 150_001])
    }
}

/// An image with a field edited in its JSON.
struct Edit: Sendable, CustomTestStringConvertible {
    let scenario: String
    let name: String
    let path: [String]
    let before: String?
    let after: String?
    private let old: String
    private let new: String

    init(
        _ scenario: String, _ name: String, _ edit: (String, String), _ path: [String], _ before: String?,
        _ after: String?
    ) {
        (self.scenario, self.name, (old, new), self.path) = (scenario, name, edit, path)
        (self.before, self.after) = (before, after)
    }

    var testDescription: String { "\(scenario)/\(name)" }

    func edited(_ image: FixtureImage) throws -> [UInt8] {
        let text = String(decoding: try #require(image.golden(isPretty: false)), as: UTF8.self)
        let place = try #require(text.range(of: old))
        let order = try image.open().header.byteOrder
        return try encode(text.replacingCharacters(in: place, with: new), byteOrder: order)
    }
}

private func changes(_ run: ToolRun) throws -> [[String: Any]] {
    let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    return try #require(document["changes"] as? [[String: Any]])
}

private func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
