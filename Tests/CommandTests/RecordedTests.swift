import CheckpointTestSupport
import Foundation
import Testing

/// Compares text for people with what was recorded. `CRYOSCOPE_RECORD=1 swift test --filter RecordedTests` records anew:
/// look at what changed before committing it.
@Suite("Recorded output")
struct RecordedTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recorded")
    private static let isRecording = ProcessInfo.processInfo.environment["CRYOSCOPE_RECORD"] == "1"

    /// What is recorded: the command with its options, and the dump.
    private static let lines: [(command: String, scenario: String)] =
        ["tree", "sockets", "chain/3"].flatMap { scenario in
            ["show", "ps", "maps", "files"].map { ($0, scenario) }
        } + [
            ("ps --long", "tree"), ("threads", "signals-timers"), ("threads", "arm64"), ("threads", "ppc64el"),
            ("threads --registers", "s390x"), ("threads --filters", "tree"), ("signals", "signals-timers"),
            ("signals", "s390x"), ("env", "tree"), ("files", "files"), ("sockets", "sockets"),
            ("sockets --details", "sockets"), ("maps --smaps", "memory"),
        ]

    @Test("Text for people", arguments: lines)
    func text(_ command: String, _ scenario: String) throws {
        // A relative path, so that what is recorded holds on any machine.
        let images = scenario.contains("/") ? scenario : scenario + "/images"
        let run = try cryoscope(command.split(separator: " ").map(String.init) + [images], in: Scenario.fixtures)
        #expect(run.status == 0 && run.errorText == "")
        // The time of the files is that of the checkout.
        let lines = run.outputText.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.filter { !$0.hasPrefix("written ") }.joined(separator: "\n")
        let name = "\(scenario.replacing("/", with: "-")).\(command.replacing(" --", with: "-")).txt"
        let record = Self.folder.appending(path: name)
        if Self.isRecording { try Data(text.utf8).write(to: record) }
        let recorded = try String(contentsOf: record, encoding: .utf8)
        #expect(text == recorded, "\(name)")
    }

    @Test("No record is without its test")
    func records() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(names.count == RecordedTests.lines.count || Self.isRecording)
    }
}
