import CheckpointTestSupport
import Foundation
import Testing

/// `bt`, as a user calls it.
@Suite("The command bt")
struct BacktraceTests {
    private static let root = Scenario.fixtures.appending(path: "crash/root").path

    private func json(_ arguments: [String]) throws -> [String: Any] {
        let run = try cryoscope(["bt"] + arguments + ["--json"])
        #expect(run.status == 0 && run.errorText == "")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    }

    private func frames(_ document: [String: Any], thread: Int = 0) throws -> [[String: Any]] {
        let processes = try #require(document["processes"] as? [[String: Any]])
        let threads = try #require(processes[0]["threads"] as? [[String: Any]])
        return try #require(threads[thread]["frames"] as? [[String: Any]])
    }

    @Test("The text of a thread in its own handler: the reason, the frames, what is missing")
    func text() throws {
        let run = try cryoscope("bt", images("crash"), "--sysroot", Self.root)
        #expect(run.status == 0 && run.errorText == "")
        for line in [
            "process 4888 crash, alive",
            "thread 4888 crash: in system call pause, which is made again when it goes on",
            "  handles SIGSEGV (SEGV_MAPERR), address 00000010, in on_fault (#3); it struck decode_field (#5)",
            "  address 0x10: nothing is mapped there; above it begins 5581c5857000-5581c5858000 r--p /srv/forensics/crash/crash",
            "  #0   0x7f464653cdf0 (libc.so.6+0xd3df0)",
            "  #1   wait_for_collector+0x79 (crash)  crash.c:35  [guess: a return address on the stack]",
            "  #2   write_report+0x30 (crash)  crash.c:44",
            "  #4   <signal handler called> 0x7f46464a5050 (libc.so.6+0x3c050)",
            "  #5   decode_field+0x3 (crash)  crash.c:59  [saved by the kernel]",
            "  /usr/lib/x86_64-linux-gnu/libc.so.6  build-id 93ac61ec5a8eb1396f9fbd350e3169a558528a40",
        ] {
            #expect(run.outputText.contains(line + "\n"), "\(line)\n\(run.outputText)")
        }
    }

    @Test("Without a directory no file of this machine is read")
    func noFiles() throws {
        let document = try json([images("crash")])
        #expect(try frames(document).allSatisfy { $0["function"] == nil })
        let run = try cryoscope("bt", images("crash"))
        #expect(run.outputText.contains("no directory with the root file system was named"))
        #expect(run.outputText.contains("  #2   0x5581c58587a8 (crash+0x17a8)  [frame pointer]\n"))
    }

    @Test("A file with another build-id is not used, and both are named")
    func otherFile() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("srv/forensics/crash")
        let other = Scenario.fixtures.appending(path: "crash-nofp/root/srv/forensics/crash-nofp/crash-nofp")
        try FileManager.default.copyItem(at: other, to: folder.url.appending(path: "srv/forensics/crash/crash"))
        let run = try cryoscope("bt", images("crash"), "--sysroot", folder.path)
        #expect(run.status == 0)
        #expect(!run.outputText.contains("decode_field"))
        #expect(run.outputText.contains("build-id d778f7f8ce10566bcc651ff9e41a78ff03a84da1"))
        #expect(run.outputText.contains("(build-id 4671fbe32067db9db113a36314acbe43db77e8cb)"))
    }

    @Test("A program among the debug files, by its build-id", arguments: ["", ".debug"])
    func debugFiles(_ suffix: String) throws {
        let folder = try ScratchFolder()
        try folder.makeFolder(".build-id/d7")
        let name = ".build-id/d7/78f7f8ce10566bcc651ff9e41a78ff03a84da1\(suffix)"
        let program = URL(filePath: Self.root + "/srv/forensics/crash/crash")
        try FileManager.default.copyItem(at: program, to: folder.url.appending(path: name))
        let names = try frames(json([images("crash"), "--debug-dir", folder.path])).compactMap {
            $0["symbol"] as? String
        }
        #expect(names.contains("decode_field") && names.last == "main")
    }

    @Test("A file whose build-id is not recorded is recognised by its size and the code that the images have")
    func pages() throws {
        let folder = try ScratchFolder(copyOf: Scenario.named("crash"))
        let decoded = try cryoscope("decode", "-i", folder.path("files.img"))
        let text = decoded.outputText.replacing(/, "build_id": \[[0-9, ]*\]/, with: "")
        #expect(text != decoded.outputText)
        let encoded = try cryoscope(["encode", "-o", folder.path("files.img")], input: Array(text.utf8))
        #expect(encoded.status == 0)
        let document = try json([folder.path, "--sysroot", Self.root])
        let processes = try #require(document["processes"] as? [[String: Any]])
        let modules = try #require(processes[0]["modules"] as? [[String: Any]])
        let program = try #require(modules.first { $0["name"] as? String == "/srv/forensics/crash/crash" })
        #expect((program["file"] as? [String: Any])?["verified_by"] as? String == "pages")
        #expect(program["build_id"] as? String == "")
    }

    @Test("Only some processes, and only some frames")
    func selection() throws {
        let document = try json([images("crash"), "--pid", "4888", "--limit", "3", "--sysroot", Self.root])
        #expect(try frames(document).count == 3)
        #expect(try cryoscope("bt", images("crash"), "--pid", "1").status == 2)
        #expect(try cryoscope("bt", images("crash"), "--limit", "0").status == 64)
        #expect(try cryoscope("bt", images("crash"), "--sysroot", "/nonexistent").status == 2)
    }

    @Test(
        "elfutils' own tool finds the same frames in a core of the same process",
        arguments: [("arm64", 188), ("s390x", 185)])
    func stackOfCore(_ name: String, _ pid: Int) throws {
        let root = Scenario.fixtures.appending(path: "\(name)/root").path
        let core = try CoreFile(of: images(name), pid: pid)
        let run = try core.read(by: "eu-stack", "--core", "CORE", "-e", root + "/srv/forensics/arch/wl")
        let theirs = run.outputText.split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
            let words = line.split(separator: " ")
            return [String(words[1].drop { $0 == "0" || $0 == "x" }), String(words[2])]
        }
        let document = try json([images(name), "--pid", "\(pid)", "--sysroot", root])
        let ours = try (0..<4).flatMap { thread in
            try frames(document, thread: thread).map { frame in
                [String((frame["address"] as? String ?? "").dropFirst(2)), frame["symbol"] as? String ?? ""]
            }
        }
        #expect(theirs.count > 25 && ours == theirs)
    }

    @Test(
        "Every checkpoint: threads with frames, or a reason",
        arguments: Scenario.all.filter { $0.name != "chain/1" && $0.name != "chain/2" })
    func everything(_ scenario: Scenario) throws {
        let run = try cryoscope("bt", scenario.folder.path)
        #expect(run.status == 0 && run.errorText == "", "\(run.errorText)")
        #expect(run.outputText.contains("#0"))
    }
}
