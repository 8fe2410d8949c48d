import CheckpointTestSupport
import Foundation
import Testing

/// The core of a Python program, read by tools that find Python's own frames in it.
@Suite("The core of a Python program")
struct PythonCoreTests {
    private struct Truth: Decodable {
        let facts: [Fact]

        struct Fact: Decodable {
            let kind: String
            let name: String?
            let tid: Int?
            let innermost_first: Frames?
        }

        /// Frames by thread; facts of other kinds have a list there.
        struct Frames: Decodable {
            let byThread: [String: [String]]

            init(from decoder: any Decoder) throws {
                byThread = (try? decoder.singleValueContainer().decode([String: [String]].self)) ?? [:]
            }
        }
    }

    private static let scripts = Scenario.fixtures.deletingLastPathComponent().appending(path: ".build/python/bin")

    /// The frames of each thread, the innermost first.
    private static func frames() throws -> [Int: [String]] {
        let facts = try JSONDecoder().decode(Truth.self, from: Scenario.named("python-app").truth()).facts
        let known = try #require(facts.first { $0.kind == "python_stacks" }?.innermost_first?.byThread)
        let threads = facts.filter { $0.kind == "thread" }
        let pairs = try threads.map { thread in
            let name = try #require(thread.name)
            return try (#require(thread.tid), #require(known[name]))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    @Test("pystack shows the frames of every thread")
    func pystack() throws {
        try Program.require(Program.python.path, buildID: Program.python.buildID)
        let core = try CoreFile(of: images("python-app"))
        let tool = PythonCoreTests.scripts.appending(path: "pystack").path
        let run = try core.read(by: tool, "core", "--no-color", "CORE", Program.python.path)
        #expect(run.status == 0, "\(run.errorText)")
        var found: [Int: [String]] = [:]
        var thread = 0
        for line in run.outputText.split(separator: "\n") {
            if let start = line.range(of: "Traceback for thread ") {
                thread = Int(line[start.upperBound...].prefix { $0.isNumber }) ?? 0
            } else if line.contains("(Python) File "), let name = line.split(separator: " ").last {
                // The outermost comes first.
                found[thread, default: []].insert(String(name), at: 0)
            }
        }
        #expect(try found == PythonCoreTests.frames(), "\(run.outputText)")
    }

    @Test("py-spy shows the frames of every thread")
    func pySpy() throws {
        try Program.require(Program.python.path, buildID: Program.python.buildID)
        let core = try CoreFile(of: images("python-app"))
        let tool = PythonCoreTests.scripts.appending(path: "py-spy").path
        let run = try core.read(by: tool, "dump", "--json", "--core", "CORE")
        #expect(run.status == 0, "\(run.errorText)")
        struct Stack: Decodable {
            let os_thread_id: Int
            let thread_name: String?
            let frames: [Frame]
        }
        struct Frame: Decodable {
            let name: String
        }
        let stacks = try JSONDecoder().decode([Stack].self, from: Data(run.output))
        // It puts the class before the name of a method.
        let found = stacks.map { ($0.os_thread_id, $0.frames.map { String($0.name.split(separator: ".").last ?? "") }) }
        #expect(try Dictionary(uniqueKeysWithValues: found) == PythonCoreTests.frames(), "\(run.outputText)")
        #expect(stacks.compactMap(\.thread_name).sorted() == ["MainThread", "http", "pipe-reader", "queue-worker"])
    }
}
