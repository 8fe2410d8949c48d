import CheckpointTestSupport
import Foundation
import Testing

/// What a dump that failed has left: images of processes, but neither the tree nor the inventory.
@Suite("A dump that failed")
struct FailedDumpTests {
    private static let folder = Scenario.fixtures.appending(path: "failed/images").path

    @Test("show tells what there is, what is missing, and why")
    func show() throws {
        let run = try cryoscope("show", Self.folder)
        #expect(run.status == 2)
        #expect(
            run.outputText.hasSuffix(
                """
                outcome     THE DUMP FAILED: the images are what had been written by then
                dumped      unknown: inventory.img is not there
                processes   3 processes, 6 threads: 2 alive, 1 unknown
                tree        not there or damaged: parents, groups and sessions are not known
                memory      136 KiB dumped of 30 areas
                files       15 descriptors of 6 open files, 1 of them deleted
                sockets     none

                  PID  STATE  THR  DUMPED  FDS  NAME    COMMAND
                12339  alive    3  68 KiB    5  failed  ./failed --queue 'night batch'
                12343  alive    2  68 KiB    6  worker  ./failed --queue 'night batch'
                12346  ?        1       -    4  ?       [?]

                """), "\(run.outputText)")
        #expect(
            run.errorLines.contains {
                $0.hasSuffix(
                    "pstree.img: is not there: 3 processes are told by other images, without parents, groups and sessions"
                )
            }, "\(run.errorText)")
    }

    @Test("ps, threads and crit's list of processes")
    func lists() throws {
        let processes = try cryoscope("ps", Self.folder)
        #expect(processes.outputText.contains("12343     ?     ?    ?    0  alive    2"), "\(processes.outputText)")
        let threads = try cryoscope("threads", Self.folder)
        #expect(threads.outputText.contains("12344  alive  worker-one  pause"), "\(threads.outputText)")
        let explored = try cryoscope("x", Self.folder, "ps")
        #expect(explored.outputText.contains("  12339      ?      ?   failed\n"), "\(explored.outputText)")
        for run in [processes, threads] { #expect(run.status == 2) }
    }

    @Test("The export has null for what is not known, with the reason")
    func export() throws {
        let line =
            "$cryoscope export \(Self.folder) | jq -c '.processes[1] | [.pid, .ppid, .pgid, .sid, .missing.ppid]'"
        let expected = #"[12343,null,null,null,{"reason":"no-image","detail":"pstree.img is not there"}]"#
        #expect(try shell(line).outputText == expected + "\n")
    }

    @Test("Memory, deleted files and queues are there")
    func contents() throws {
        let found = try cryoscope("memory", "search", Self.folder, "MARKER-worker-7732")
        #expect(found.outputText.hasPrefix("12343  0000004bc320  rw-p  "), "\(found.outputText)")
        let folder = try ScratchFolder()
        #expect(try cryoscope("recover", Self.folder, "-o", folder.path("out")).status == 2)
        #expect(try folder.bytes("out/ghost-1") == Array("removed, still open\n".utf8))
        #expect(try folder.bytes("out/pipe-2") == Array("packet".utf8))
    }

    @Test("verify says that it failed")
    func verify() throws {
        let run = try cryoscope("verify", Self.folder)
        #expect(run.status == 1)
        for rule in ["dump/failed", "dump/no-inventory", "pstree/missing"] {
            #expect(run.outputText.contains("[\(rule)]"), "\(run.outputText)")
        }
        #expect(!run.outputText.contains("[pstree/lost-thread]"))
    }

    @Test("The same in an archive, and in a folder below the one that is named")
    func elsewhere() throws {
        let folder = try ScratchFolder()
        let made = try shell(
            "tar -C \(Self.folder)/.. -cf \(folder.path("failed.tar")) images && cp -r \(Self.folder) \(folder.path)")
        #expect(made.status == 0)
        let there = try cryoscope("ps", Self.folder).outputText
        #expect(try cryoscope("ps", folder.path("failed.tar")).outputText == there)
        #expect(try cryoscope("ps", folder.path).outputText == there)
    }
}
