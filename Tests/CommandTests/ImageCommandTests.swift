import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

@Suite("decode, encode, info and show on images")
struct ImageCommandTests {
    @Test(
        "decode prints what CRIU's tool prints", arguments: ["pstree.img", "files.img", "core-4888.img"])
    func decode(_ name: String) throws {
        let fixture = image("crash", name)
        for isPretty in [false, true] {
            let run = try cryoscope(["decode", "-i", fixture.url.path] + (isPretty ? ["--pretty"] : []))
            #expect(run.status == 0 && run.errorText == "")
            #expect(run.output == (try #require(fixture.golden(isPretty: isPretty))) + [0x0A])
        }
    }

    @Test("show prints an image in the pretty form")
    func show() throws {
        let fixture = image("crash", "mm-4888.img")
        let run = try cryoscope("show", fixture.url.path)
        #expect(run.status == 0)
        #expect(run.output == (try #require(fixture.golden(isPretty: true))) + [0x0A])
    }

    @Test(
        "Standard input and output: an image, its JSON, and the image again", arguments: ["files.img", "mm-4888.img"])
    func pipes(_ name: String) throws {
        let bytes = try image("crash", name).bytes()
        for options in [[], ["--pretty"]] {
            let json = try cryoscope(["decode"] + options, input: bytes)
            #expect(json.status == 0 && json.errorText == "")
            let encoded = try cryoscope("encode", input: json.output)
            #expect(encoded.status == 0)
            #expect(encoded.output == bytes)
        }
    }

    @Test("Files in and out: no newline behind the JSON, as CRIU's tool has none there")
    func files() throws {
        let folder = try ScratchFolder()
        let fixture = image("tree", "pstree.img")
        let decoded = try cryoscope("decode", "--in", fixture.url.path, "--out", folder.path("a.json"))
        #expect(decoded.status == 0 && decoded.output.isEmpty)
        #expect(try folder.bytes("a.json") == fixture.golden(isPretty: false))
        #expect(try cryoscope("encode", "-i", folder.path("a.json"), "-o", folder.path("a.img")).status == 0)
        #expect(try folder.bytes("a.img") == fixture.bytes())
    }

    @Test("--nopl has the sizes of payloads in their place")
    func noPayload() throws {
        let path = image("files", "pipes-data.img").url.path
        let run = try cryoscope("decode", "-i", path, "--nopl")
        #expect(run.outputText.contains("\"bytes\": 9000, \"size\": 1048576, \"extra\": \"... <8.8KB>\""))
        #expect(run.output.count * 10 < (try cryoscope("decode", "-i", path)).output.count)
        #expect(try isJSON(run.output))
    }

    @Test("Big-endian images are told of, and encoded in that order when asked to")
    func bigEndian() throws {
        let fixture = image("s390x", "pstree.img")
        let decoded = try cryoscope("decode", "-i", fixture.url.path)
        #expect(decoded.status == 0)
        #expect(decoded.errorText.contains("pstree.img: big-endian"))
        #expect(try cryoscope("encode", "--byte-order", "big", input: decoded.output).output == fixture.bytes())
        #expect(try cryoscope("encode", input: decoded.output).output != fixture.bytes())
    }

    @Test("info tells the kind and the number of entries")
    func info() throws {
        let run = try cryoscope("info", image("tree", "pstree.img").url.path)
        #expect(run.outputText == "{\n    \"magic\": \"PSTREE\",\n    \"count\": 21\n}\n")
        let raw = try cryoscope("info", image("tree", "pages-1.img").url.path)
        #expect(raw.status == 0)
        #expect(raw.outputText.contains("\"bytes\": \(try image("tree", "pages-1.img").bytes().count)"))
        #expect(try isJSON(raw.output))
    }

    @Test("Damage: the entries before it as valid JSON, one line, status 2", arguments: [[], ["--pretty"]])
    func damage(_ options: [String]) throws {
        let folder = try ScratchFolder()
        let bytes = try image("tree", "pstree.img").bytes()
        try folder.write("pstree.img", Array(bytes.dropLast(2)))
        let run = try cryoscope(["decode", "-i", folder.path("pstree.img")] + options)
        #expect(run.status == 2)
        #expect(run.errorLines.count == 1)
        #expect(run.errorText.hasPrefix("cryoscope: pstree.img, entry 20, byte "))
        #expect(try isJSON(run.output))
        #expect(run.outputText.components(of: "\"ppid\"") == 20)
        let info = try cryoscope("info", folder.path("pstree.img"))
        #expect(info.status == 2 && info.errorLines.count == 1)
    }

    @Test(
        "JSON that is no image: a line with its place, status 2",
        arguments: [
            "", "{", "[]", "{\"magic\": \"NOPE\", \"entries\": []}", "{\"magic\": \"PSTREE\", \"entries\": [{}]}",
        ])
    func badJSON(_ text: String) throws {
        let run = try cryoscope("encode", input: Array(text.utf8))
        #expect(run.status == 2)
        #expect(run.errorLines.count == 1)
        #expect(run.errorText.hasPrefix("cryoscope: standard input, "))
    }
}

extension String {
    /// How often a text occurs.
    func components(of text: String) -> Int { split(separator: text, omittingEmptySubsequences: false).count - 1 }
}

/// What must not depend on the machine.
@Suite("On one processor")
struct OneProcessorTests {
    @Test("A large image is decoded on one processor as on two")
    func decode() throws {
        let folder = try ScratchFolder()
        var image = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1))
        for index in 0..<200_000 as Range<UInt64> {
            image.append(MessageBuilder().varint(1, 0x7F00_0000_0000 + index << 13).varint(2, 1).varint(4, 4))
        }
        try folder.write("pagemap-1.img", image.bytes)
        let arguments = ["decode", "-i", folder.path("pagemap-1.img")]
        let both = try ToolRun(ToolRun.cryoscope, arguments)
        let one = try ToolRun(
            URL(filePath: "/usr/bin/taskset"), ["-c", "0", "timeout", "60", ToolRun.cryoscope.path] + arguments)
        #expect(one.status == 0)
        #expect(one.output == both.output && both.output.count > 5_000_000)
    }
}
