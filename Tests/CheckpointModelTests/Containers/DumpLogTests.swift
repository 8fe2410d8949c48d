import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

@Suite("The log of a dump")
struct DumpLogTests {
    private func checkpoint(_ scenario: String) throws -> Checkpoint {
        try Checkpoint(path: FilePath(Scenario.named(scenario).folder.path))
    }

    @Test(
        "Logs of CRIU 3.17.1",
        arguments: [
            ("chain/1", 894, 0, 1), ("chain/2", 1066, 0, 1), ("chain/3", 1621, 2, 2), ("arm64", 1403, 0, 1),
            ("s390x", 1984, 0, 2), ("ppc64el", 1385, 0, 1),
        ])
    func recorded(_ scenario: String, _ lines: Int, _ errors: Int, _ warnings: Int) throws {
        let checkpoint = try checkpoint(scenario)
        let log = try #require(checkpoint.dumpLog.value)
        #expect(log.criuVersion == .value("3.17.1") && log.revision == .value("0"))
        #expect(log.hostName == .value("forensics"))
        #expect(log.kernel.value?.string?.hasPrefix("Linux 6.1.0-5") == true)
        #expect(log.lineCount == lines && log.errorCount == errors && log.warningCount == warnings)
        #expect(log.entries.count == errors + warnings)
        #expect(log.outcome == .value(.finished) && checkpoint.outcome == .value(.finished))
        #expect(checkpoint.inventory.value?.criuVersion == .value("3.17.1"))
        #expect(!checkpoint.problems.contains { $0.code == "dump-failed" })
    }

    @Test("A line with an error")
    func line() throws {
        let log = try #require(try checkpoint("chain/3").dumpLog.value)
        let error = try #require(log.entries.first { $0.level == .error })
        #expect(error.microseconds == 129_716 && error.place == "criu/page-xfer.c:392")
        #expect(error.text.string?.hasPrefix("page-xfer: No parent image found") == true)
        let text = try String(contentsOf: Scenario.named("chain/3").folder.appending(path: "dump.log"), encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[error.line - 1].hasSuffix(error.text.string ?? "?"))
        #expect(log.lastLine == ByteText(String(lines[log.lineCount - 1])))
    }

    @Test("A dump that failed is a problem")
    func failed() {
        let checkpoint = Containers.checkpoint([
            "dump.log": """
            (00.000321) Version: 4.2 (gitid v4.2-22-g2cf8f13ca)
            (00.100000) Error (criu/sk-inet.c:191): inet: Connected TCP socket, consider using --tcp-established option.
            (12.200000) Error (criu/cr-dump.c:2128): Dumping FAILED.
            """
        ])
        #expect(checkpoint.outcome == .value(.failed))
        #expect(checkpoint.problems.map(\.code).contains("dump-failed"))
        let log = checkpoint.dumpLog.value
        #expect(log?.outcome == .value(.failed) && log?.errorCount == 2 && log?.lineCount == 3)
        #expect(log?.entries.last?.microseconds == 12_200_000 && log?.entries.last?.text == "Dumping FAILED.")
        #expect(log?.revision == .value("v4.2-22-g2cf8f13ca"))
        #expect(log?.hostName.absence?.reason == .notRecorded)
    }

    @Test(
        "How a dump ended is not guessed",
        arguments: ["", "\n\n", "(00.000321) Version: 4.2 (gitid 0)\n", "Warn  (a.c:1): x\n", "Error (a.c:1", "\u{0}("])
    func unfinished(_ text: String) {
        let checkpoint = Containers.checkpoint(["dump.log": text])
        #expect(checkpoint.outcome.absence?.reason == .notRecorded)
        #expect(checkpoint.dumpLog.value?.outcome.absence?.reason == .notRecorded)
    }

    @Test("Lines without times, as the default level writes them")
    func noTimes() {
        let log = Containers.checkpoint(["dump.log": "Warn  (criu/a.c:1): low\nError (criu/b.c:2): bad"]).dumpLog.value
        #expect(log?.entries.map(\.microseconds) == [nil, nil])
        #expect(log?.entries.map(\.text) == ["low", "bad"] && log?.entries.map(\.line) == [1, 2])
    }

    @Test("The number of kept lines is bounded, all are counted")
    func many() {
        let text = String(repeating: "Warn  (a.c:1): x\n", count: DumpLog.entryLimit + 5)
        let log = Containers.checkpoint(["dump.log": text]).dumpLog.value
        #expect(log?.entries.count == DumpLog.entryLimit && log?.warningCount == DumpLog.entryLimit + 5)
    }
}
