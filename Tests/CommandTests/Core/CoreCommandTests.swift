import CheckpointTestSupport
import Foundation
import Testing

@Suite("Writing cores")
struct CoreCommandTests {
    @Test("Several processes go to a folder, each under its id; those that have ended are left out")
    func folder() throws {
        let folder = try ScratchFolder()
        let run = try cryoscope("export", images("tree"), "--format", "core", "-o", folder.path("cores"))
        #expect(run.status == 0 && run.errorText == "")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("cores"))
        // Of 21 processes, 4692 to 4694 have ended.
        #expect(names.count == 19 && !names.contains("core.4692") && !names.contains("core.4693"))
        #expect(names.allSatisfy { $0.hasPrefix("core.") && Int($0.dropFirst(5)) != nil })
        #expect(run.outputText.split(separator: "\n").count(where: { $0.contains(": process ") }) == 19)
    }

    @Test("A folder that is not empty is left as it is")
    func fullFolder() throws {
        let folder = try ScratchFolder()
        try folder.write("core.4678", [1])
        let run = try cryoscope("export", images("tree"), "--format", "core", "-o", folder.path)
        let message = "cryoscope: \(folder.path) is not empty: cores go to a new or empty directory\n"
        #expect(run.status == 2 && run.errorText == message)
        #expect(folder.names == ["core.4678"])
        #expect(try folder.bytes("core.4678") == [1])
    }

    @Test("A file in the way of a folder is an error")
    func fileInTheWay() throws {
        let folder = try ScratchFolder()
        try folder.write("cores", [])
        let run = try cryoscope("export", images("tree"), "--format", "core", "-o", folder.path("cores"))
        #expect(run.status == 2 && run.errorText.hasSuffix("cores cannot be made a directory: File exists\n"))
    }

    @Test(
        "Wrong usage",
        arguments: [
            [], ["--redact", "-o", "x"],
        ])
    func usage(_ options: [String]) throws {
        let run = try cryoscope(["export", images("crash"), "--format", "core"] + options)
        #expect(run.status == 64 && run.output.isEmpty)
    }

    @Test("A process that is not there, or that has ended", arguments: [(1, "has no process 1"), (4692, "has ended")])
    func noProcess(_ pid: Int, _ message: String) throws {
        let folder = try ScratchFolder()
        let arguments = ["export", images("tree"), "--format", "core", "--pid", String(pid), "-o", folder.path("core")]
        let run = try cryoscope(arguments)
        #expect(run.status == 2 && run.errorText.contains(message) && run.errorLines.count == 1)
        #expect(folder.names == [])
    }

    @Test("Only the processes that were asked for, also as JSON")
    func selection() throws {
        let run = try cryoscope("export", images("tree"), "--pid", "4680", "--pid", "4678")
        #expect(run.outputText.split(separator: "\"pid\": 46").count > 1)
        let folder = try ScratchFolder()
        let pids = ["--pid", "4680", "--pid", "4678"]
        _ = try cryoscope(["export", images("tree"), "--format", "core", "-o", folder.path] + pids)
        #expect(folder.names == ["core.4678", "core.4680"])
    }

    @Test("Memory that was never written takes no room, however large the area")
    func sparse() throws {
        // Three pages of an area of 1 GiB were written.
        let area: Range<UInt64> = 0x7F61_5760_0000..<0x7F61_9760_0000
        let core = try CoreFile(of: images("memory"), pid: 4835)
        let loads = try core.header().split(separator: "\n").filter { $0.contains("  LOAD ") }.map { line in
            line.split(separator: " ").dropFirst(2).prefix(4).compactMap { UInt64($0.dropFirst(2), radix: 16) }
        }
        #expect(loads.filter { area.contains($0[0]) }.reduce(0) { $0 + $1[3] } == 1 << 30)
        let size = try #require(FileManager.default.attributesOfItem(atPath: core.path)[.size] as? Int)
        #expect(size < 2 << 20)
    }

    @Test("Without its threads' registers there is no core, and the rest of them is written")
    func noRegisters() throws {
        let folder = try ScratchFolder(copyOf: .named("chain/3"), without: ["core-406.img"])
        try folder.link("parent", to: Scenario.named("chain/2").folder.path)
        let run = try cryoscope("export", folder.path, "--format", "core", "-o", folder.path("cores"))
        #expect(run.status == 2 && run.errorText.contains("no core of process 406: "))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("cores")) == ["core.403"])
    }

    @Test("Pages that are lost are not in the core, and are told of")
    func lostPages() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"), without: ["pages-1.img"])
        let run = try cryoscope("export", folder.path, "--format", "core", "-o", folder.path("core"))
        #expect(run.status == 2 && run.outputText.contains("that the images should have, but do not"))
        let gdb = try shell("gdb -nx -batch -ex 'x/x $sp' -c '\(folder.path("core"))'")
        #expect(gdb.errorText.contains("Cannot access memory at address 0x7ffce1f24160"))
    }
}
