import CheckpointTestSupport
import Foundation
import Testing

@Suite("Where output goes")
struct OutputFileTests {
    private let pstree = image("tree", "pstree.img")

    @Test("A file that is there is replaced")
    func replaced() throws {
        let folder = try ScratchFolder()
        try folder.write("out", Array(repeating: 0x78, count: 100_000))
        #expect(try cryoscope("decode", "-i", pstree.url.path, "-o", folder.path("out")).status == 0)
        #expect(try folder.bytes("out") == pstree.golden(isPretty: false))
        #expect(folder.names == ["out"])
    }

    @Test("A failure leaves what was there, and nothing beside it")
    func failure() throws {
        let folder = try ScratchFolder()
        try folder.write("out", [1, 2, 3])
        let run = try cryoscope("encode", "-o", folder.path("out"), input: Array("{".utf8))
        #expect(run.status == 2)
        #expect(folder.names == ["out"])
        #expect(try folder.bytes("out") == [1, 2, 3])
    }

    @Test("An input that cannot be opened makes no output file")
    func noInput() throws {
        let folder = try ScratchFolder()
        #expect(try cryoscope("decode", "-i", folder.path("gone"), "-o", folder.path("out")).status == 2)
        #expect(try cryoscope("export", folder.path("gone"), "-o", folder.path("out")).status == 2)
        #expect(folder.names == [])
    }

    @Test("Devices are written in place")
    func devices() throws {
        let run = try cryoscope("decode", "-i", pstree.url.path, "-o", "/dev/null")
        #expect(run.status == 0 && run.errorText == "")
        let attributes = try FileManager.default.attributesOfItem(atPath: "/dev/null")
        #expect(attributes[.type] as? FileAttributeType == .typeCharacterSpecial)
    }

    @Test("A full device is an error, by name or as standard output")
    func fullDevice() throws {
        for run in [
            try cryoscope("decode", "-i", pstree.url.path, "-o", "/dev/full"),
            try shell("\"$cryoscope\" decode -i '\(pstree.url.path)' > /dev/full"),
            try shell("\"$cryoscope\" export '\(images("tree"))' > /dev/full"),
            try shell("\"$cryoscope\" ps '\(images("tree"))' > /dev/full"),
        ] {
            #expect(run.status == 2)
            #expect(run.errorText == "cryoscope: writing failed: No space left on device\n")
        }
    }

    @Test("A folder, and a folder that is not there")
    func folders() throws {
        let folder = try ScratchFolder()
        for target in [folder.path, folder.path("gone/out")] {
            let run = try cryoscope("decode", "-i", pstree.url.path, "-o", target)
            #expect(run.status == 2)
            #expect(run.errorLines.count == 1)
            #expect(run.errorText.hasPrefix("cryoscope: \(target) cannot be written: "))
        }
        #expect(folder.names == [])
    }

    @Test("Evidence is left as it was")
    func evidence() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        let before = folder.names
        for command in ["show", "ps", "threads", "signals", "env", "maps", "files", "export"] {
            #expect(try cryoscope(command, folder.path).status == 0)
        }
        #expect(folder.names == before)
        for name in before { #expect(try folder.bytes(name) == image("crash", name).bytes()) }
    }
}
