import CheckpointTestSupport
import Foundation
import Testing

@Suite("Output that cannot be written")
struct FailingOutputTests {
    private static let commands = [
        "decode -i '\(image("crash", "mm-4888.img").url.path)' --pretty -o out",
        "export '\(images("tree"))' -o out",
        "export '\(images("crash"))' --format core -o out",
        "memory extract '\(images("crash"))' --pid 4888 --all -o out",
    ]

    /// One block of 512 bytes is all that a file may have.
    @Test("A file that may not become so large: one line, and no file", arguments: commands)
    func tooLarge(_ command: String) throws {
        let folder = try ScratchFolder()
        try folder.write("out", [1, 2, 3])
        let run = try shell("ulimit -f 1; \"$cryoscope\" \(command) 2>&1 | cat", in: folder.url)
        #expect(run.outputText.hasPrefix("cryoscope: ") && run.outputText.hasSuffix(": File too large\n"))
        #expect(run.outputText.components(of: "\n") == 1)
        let status = try shell("ulimit -f 1; \"$cryoscope\" \(command) 2>/dev/null", in: folder.url)
        #expect(status.status == 2)
        #expect(folder.names == ["out"])
        #expect(try folder.bytes("out") == [1, 2, 3])
    }

    @Test("What was recovered before a file is too large stays, and no part of it")
    func recovered() throws {
        let folder = try ScratchFolder()
        let run = try shell("ulimit -f 64; \"$cryoscope\" recover '\(images("files"))' -o out", in: folder.url)
        #expect(run.status == 2)
        #expect(run.errorText.contains("cannot be written: File too large"))
        let index = try folder.bytes("out/index.json")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        #expect(names.count > 1)
        for name in names where name != "index.json" {
            #expect(String(decoding: index, as: UTF8.self).contains("\"\(name)\""))
        }
    }

    @Test("A full file system", .enabled(if: FailingOutputTests.canMount), arguments: commands)
    func fullDisk(_ command: String) throws {
        let folder = try ScratchFolder()
        let line = """
            mount -t tmpfs -o size=4k none . && cd . && "$cryoscope" \(command) || echo "status $?"; ls
            """
        let run = try shell("unshare -m sh -c '\(line.replacing("'", with: "'\\''"))'", in: folder.url)
        #expect(run.outputText == "status 2\n", "\(run.errorText)")
        #expect(run.errorLines.count == 1 && run.errorText.contains("No space left on device"))
    }

    /// Whether the tests may mount file systems of their own.
    private static let canMount = (try? shell("unshare -m mount -t tmpfs none /mnt").status) == 0

    @Test("A folder that nothing can be made in")
    func unwritable() throws {
        let run = try cryoscope("export", images("crash"), "-o", "/proc/out")
        #expect(run.status == 2 && run.errorLines.count == 1)
        #expect(run.errorText.hasPrefix("cryoscope: /proc/out cannot be written: "))
    }

    @Test("Standard streams that are closed")
    func closedStreams() throws {
        let folder = try ScratchFolder()
        let image = image("crash", "mm-4888.img").url.path
        let output = try shell("\"$cryoscope\" ps '\(images("crash"))' >&-")
        #expect(output.status == 2)
        #expect(output.errorText == "cryoscope: writing failed: Bad file descriptor\n")
        // What goes to standard error must not get into the file that took its place.
        try folder.write("cut.img", Array(Data(contentsOf: URL(filePath: image)).dropLast(3)))
        let errors = try shell("\"$cryoscope\" decode -i cut.img -o out 2>&-", in: folder.url)
        #expect(errors.status == 2)
        #expect(try !folder.text("out").contains("cryoscope"))
        let input = try shell("\"$cryoscope\" decode <&-")
        #expect(input.status == 2)
        #expect(input.errorText == "cryoscope: standard input cannot be read: Bad file descriptor\n")
    }
}

extension ScratchFolder {
    /// Reads a file as text.
    fileprivate func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}
