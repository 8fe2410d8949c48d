import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("The log of a container")
struct ContainerLogTests {
    private func log(_ text: String, name: String = "ctr.log") throws -> ContainerLog {
        let checkpoint = Containers.checkpoint([name: text])
        switch checkpoint.containerLog {
        case .value(let log): return log
        case .missing(let absence): throw TruthError(text: absence.detail)
        }
    }

    @Test("By the names of each engine", arguments: ["ctr.log", "container.log", "io.kubernetes.cri-o.LogPath"])
    func names(_ name: String) throws {
        #expect(try log("x\n", name: name).origin == Origin(name))
    }

    @Test("Parts of lines, empty lines, and lines in no form")
    func lines() throws {
        let time = "2026-01-02T03:04:05.000000006Z"
        let log = try log("\(time) stderr P half\n\(time) stderr F \n\nodd\n\(time) stdin F x\n\(time) stdout F:x a  b")
        #expect(log.format == .kubernetes && log.lineCount == 6)
        let lines = log.lines(last: 6)
        #expect(lines.map(\.isPartial) == [true, false, false, false, false, false])
        #expect(lines.map(\.text) == ["half", "", "", "odd", ByteText("\(time) stdin F x"), "a  b"])
        #expect(lines.map { $0.time != nil } == [true, true, false, false, false, true])
        #expect(lines.map(\.number) == [1, 2, 3, 4, 5, 6])
    }

    @Test("Raw text", arguments: ["one\ntwo\n", "one\ntwo"])
    func raw(_ text: String) throws {
        let log = try log(text)
        #expect(log.format == .raw && log.lineCount == 2)
        #expect(log.lines(last: 1).map(\.text) == ["two"] && log.lines(last: 1).map(\.number) == [2])
        #expect(log.lines(last: 2).map(\.text) == ["one", "two"])
    }

    @Test("Nothing but newlines, and nothing", arguments: [("\n\n\n", 3), ("\n", 1), ("", 0)])
    func empty(_ text: String, _ count: Int) throws {
        let log = try log(text)
        #expect(log.lineCount == count)
        for limit in 0...5 { #expect(log.lines(last: limit).count == min(limit, count)) }
    }

    @Test("None")
    func none() {
        #expect(Containers.checkpoint([:]).containerLog.absence?.reason == .noImage)
    }
}
