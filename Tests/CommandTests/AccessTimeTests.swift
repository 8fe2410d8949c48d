import CheckpointTestSupport
import Foundation
import Testing

@Suite("Times of last access of evidence")
struct EvidenceAccessTimeTests {
    /// Sets the times of a file or of a directory with all in it to one long gone.
    private static func setTimes(_ path: String) throws {
        #expect(
            try shell("find '\(path)' -exec touch -h -a -d @1000 '{}' + -exec touch -h -m -d @2000 '{}' +").status == 0)
    }

    /// What was read since: links, which nobody can read without a trace, aside.
    private static func touched(_ path: String) throws -> String {
        try shell("find '\(path)' ! -type l -newerat @1000 -printf '%p '").outputText
    }

    /// What the test stands on: that reading a file, and listing a directory, sets the times here.
    private static let areKept: Bool = {
        guard let folder = try? ScratchFolder(), (try? folder.write("file", [1])) != nil,
            (try? setTimes(folder.path)) != nil, (try? shell("cat '\(folder.path)'/*")) != nil
        else { return false }
        return (try? touched(folder.path)) == "\(folder.path) \(folder.path)/file "
    }()

    @Test(
        "No command leaves a trace", .enabled(if: areKept),
        arguments: [
            "show %s", "files %s", "maps %s", "bt %s --sysroot %s", "verify %s", "verify %s --manifest m",
            "manifest %s",
            "export %s", "memory search %s a", "container %s", "diff %s %s", "x %s mems", "info %s/pstree.img",
            "decode -i %s/mm-4888.img",
        ])
    func noTrace(_ command: String) throws {
        let (folder, scratch) = (try ScratchFolder(copyOf: .named("crash")), try ScratchFolder())
        try folder.makeFolder("below")
        try folder.write("below/more", [1])
        try folder.write("dump.log", Array("(00.000000) Dumping finished successfully\n".utf8))
        try scratch.write("m", cryoscope("manifest", folder.path).output)
        try Self.setTimes(folder.path)
        let words = command.split(separator: " ").map { String($0).replacing("%s", with: folder.path) }
        let run = try cryoscope(words, in: scratch.url)
        // Times so old are findings of verify.
        #expect(run.status == (command == "verify %s" ? 1 : 0) && !run.output.isEmpty, "\(run.errorText)")
        #expect(try Self.touched(folder.path) == "")
    }

    @Test("Nor does reading an archive", .enabled(if: areKept), arguments: ["show", "manifest", "verify", "export"])
    func archive(_ command: String) throws {
        let folder = try ScratchFolder()
        let source = Scenario.fixtures.appending(path: "archives/shelltree.tar.zst")
        try folder.write("a.tar.zst", [UInt8](try Data(contentsOf: source)))
        try Self.setTimes(folder.path("a.tar.zst"))
        #expect(try cryoscope(command, folder.path("a.tar.zst")).status == 0)
        #expect(try Self.touched(folder.path("a.tar.zst")) == "")
    }
}
