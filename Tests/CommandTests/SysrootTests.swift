import CheckpointTestSupport
import Foundation
import Testing

/// `--sysroot` of the commands that read memory.
@Suite("Memory of mapped files")
struct SysrootTests {
    private static let root = Scenario.fixtures.appending(path: "crash/root").path
    private static let header = ["--pid", "4888", "0x5581c5857000", "16"]

    @Test("An unchanged page is read from the file with the recorded build-id, and says so")
    func verified() throws {
        let absent = try cryoscope(["memory", "read", images("crash")] + Self.header)
        #expect(absent.outputText.contains("absent: unchanged page of /srv/forensics/crash/crash, offset 0x0"))
        let run = try cryoscope(["memory", "read", images("crash"), "--sysroot", Self.root] + Self.header)
        #expect(run.status == 0 && run.errorText == "")
        #expect(run.outputText.contains("file /srv/forensics/crash/crash at 0x0, verified"))
        #expect(run.outputText.contains("7f 45 4c 46"))
    }

    @Test("Bytes of another file are marked; where there is no place for a mark, a line says so")
    func unverified() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("srv/forensics/crash")
        try folder.write("srv/forensics/crash/crash", Array("no ELF file, but something of that name".utf8))
        let options = ["memory", "read", images("crash"), "--sysroot", folder.path] + Self.header
        let run = try cryoscope(options)
        #expect(run.outputText.contains("file /srv/forensics/crash/crash at 0x0, not verified"))
        let raw = try cryoscope(options + ["--raw"])
        #expect(raw.outputText == "no ELF file, but")
        #expect(raw.errorText.contains("/srv/forensics/crash/crash: this file is not known to be the one"))
    }

    @Test("What is found in another file is marked, too")
    func unverifiedFinds() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("srv/forensics/crash")
        try folder.write("srv/forensics/crash/crash", Array("no ELF file, but something of that name".utf8))
        let root = ["--sysroot", folder.path]
        let search = ["memory", "search", images("crash"), "something of", "--context", "0"]
        let hit = "4888  5581c5857011  r--p  /srv/forensics/crash/crash  file+0x11"
        #expect(try cryoscope(search + root).outputText == "\(hit) (not verified)  [something of]\n")
        #expect(try cryoscope(search + root + ["--json"]).outputText.contains(#""verified": false"#))
        let strings = try cryoscope(["memory", "strings", images("crash"), "--pid", "4888"] + root)
        #expect(strings.outputText.contains("5581c5857000  no ELF file, but something of that name\n"))
        #expect(strings.errorText.contains("/srv/forensics/crash/crash: this file is not known to be the one"))
        let right = try cryoscope(["memory", "strings", images("crash"), "--pid", "4888", "--sysroot", Self.root])
        #expect(right.errorText == "" && right.outputText.contains("5581c5857318  /lib64/ld-linux-x86-64.so.2"))
    }

    @Test("An extracted area has the pages of its file")
    func extracted() throws {
        let folder = try ScratchFolder()
        let run = try cryoscope(
            "memory", "extract", images("crash"), "--pid", "4888", "--range", "0x5581c5857000-0x5581c585a000", "-o",
            folder.path("memory"), "--sysroot", Self.root)
        #expect(run.status == 0 && run.errorText == "")
        let file = [UInt8](try Data(contentsOf: URL(filePath: Self.root + "/srv/forensics/crash/crash")))
        #expect(try folder.bytes("memory") == Array(file[..<0x3000]))
    }
}
