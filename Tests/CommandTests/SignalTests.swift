import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("Signals")
struct SignalTests {
    /// A deleted file with so many bytes of zeros, which take no room on disk.
    private func ghost(_ size: off_t, in folder: ScratchFolder) throws {
        let head = ImageBuilder(.ghostFile).entry(MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0o100600))
        try folder.write("ghost-file-1.img", head.bytes)
        #expect(truncate(folder.path("ghost-file-1.img"), size) == 0)
    }

    @Test("An image that is shortened while it is read: one line, status 2, and no file")
    func shortened() throws {
        let folder = try ScratchFolder()
        try ghost(64 << 20, in: folder)
        // The first byte shows that the tool reads; then the pipe is full until the file has been shortened.
        let run = try shell(
            """
            { "$cryoscope" decode -i ghost-file-1.img; echo "status $?" >&2; } |
            { head -c 1; truncate -s 4096 ghost-file-1.img; cat; } > /dev/null
            """, in: folder.url)
        #expect(run.errorLines.count == 2)
        #expect(run.errorLines.first?.hasPrefix("cryoscope: a file that was being read was shortened") == true)
        #expect(run.errorLines.last == "status 2")
    }

    @Test("An archive that is shortened while it is read")
    func shortenedArchive() throws {
        let folder = try ScratchFolder()
        var tar = TarBuilder()
        for image in Scenario.named("files").images { tar.add(image.fileName, try image.bytes()) }
        try folder.write("a.tar", tar.archive)
        let run = try shell(
            """
            { "$cryoscope" export a.tar; echo "status $?" >&2; } |
            { head -c 1; truncate -s 4096 a.tar; cat; } > /dev/null
            """, in: folder.url)
        #expect(run.errorText.hasPrefix("cryoscope: a file that was being read was shortened"), "\(run.errorText)")
        #expect(run.errorLines.last == "status 2")
    }

    @Test("A reader that stops reading ends the tool as it ends others, whatever had been found till then")
    func brokenPipe() throws {
        let tree = images("tree")
        for command in [
            "export '\(tree)'", "maps '\(images("memory"))'", "x '\(images("memory"))' mems",
            "diff '\(tree)' '\(images("files"))'",
        ] {
            // The tool starts when the reader is known to be gone.
            let run = try shell(
                """
                { trap '' PIPE; while printf x; do sleep 0.01; done 2> /dev/null; trap - PIPE
                "$cryoscope" \(command); echo "status $?" >&2; } | true
                """)
            #expect(run.errorText == "status 141\n", "\(command)")
        }
    }

    @Test("What was being recovered leaves no part behind", arguments: [SIGINT, SIGTERM, SIGHUP])
    func recovery(_ signal: Int32) throws {
        let folder = try ScratchFolder(copyOf: .named("files"))
        try folder.makeFolder("out")
        // A deleted file of 8 GiB, far more than can be written meanwhile. It comes first.
        #expect(truncate(folder.path("ghost-file-1.img"), 8 << 30) == 0)
        let tool = try spawnTool(["recover", folder.path, "-o", folder.path("out")])
        usleep(500_000)
        kill(tool, signal)
        var status: Int32 = 0
        waitpid(tool, &status, 0)
        #expect(status & 0x7F == signal)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("out")) == [])
    }
}
