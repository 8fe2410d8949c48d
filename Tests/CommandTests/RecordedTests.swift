import CheckpointTestSupport
import Foundation
import Testing

/// Compares text for people with what was recorded. `CRYOSCOPE_RECORD=1 swift test --filter RecordedTests` records anew:
/// look at what changed before committing it.
@Suite("Recorded output")
struct RecordedTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recorded")
    private static let isRecording = ProcessInfo.processInfo.environment["CRYOSCOPE_RECORD"] == "1"

    @Test("show, ps, maps and files", arguments: ["show", "ps", "maps", "files"], ["tree", "sockets", "chain/3"])
    func text(_ command: String, _ scenario: String) throws {
        // A relative path, so that what is recorded holds on any machine.
        let images = scenario.contains("/") ? scenario : scenario + "/images"
        let run = try cryoscope(command, images, in: Scenario.fixtures)
        #expect(run.status == 0 && run.errorText == "")
        // The time of the files is that of the checkout.
        let lines = run.outputText.split(separator: "\n", omittingEmptySubsequences: false)
        let text = lines.filter { !$0.hasPrefix("written ") }.joined(separator: "\n")
        let name = "\(scenario.replacing("/", with: "-")).\(command).txt"
        let record = Self.folder.appending(path: name)
        if Self.isRecording { try Data(text.utf8).write(to: record) }
        let recorded = try String(contentsOf: record, encoding: .utf8)
        #expect(text == recorded, "\(name)")
    }

    @Test("No record is without its test")
    func records() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(names.count == 12 || Self.isRecording)
    }
}
