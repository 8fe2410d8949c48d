import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage

/// What workloads and a debugger said of stacks just before the dump.
struct StackTruth: Decodable {
    let facts: [Fact]?
    let records: [Record]?
    let rootPid: Int?
    let liveGdbBacktrace: [LiveThread]?

    struct Fact: Decodable {
        let kind: String
        let name: String?
        let tid: Int?
        let thread: String?
        let innermostFirst: [String]?
        let siAddr: String?
        let signal: Int?
    }

    struct Record: Decodable {
        let kind: String
        let tid: Int?
        let callChainInnermostFirst: [String]?
        let localMarker: String?
    }

    struct LiveThread: Decodable {
        let tid: Int
        let frames: [LiveFrame]
    }

    struct LiveFrame: Decodable {
        let pc, sp: String
        let function: String?
        let signalFrame, inlined: Bool
        let file: String?
        let line: Int?
    }

    init(_ scenario: Scenario) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(StackTruth.self, from: scenario.truth())
    }

    private enum CodingKeys: String, CodingKey { case facts, records, rootPid, liveGdbBacktrace }

    /// The functions that a workload said its threads were in, by thread, the innermost first.
    var chains: [Int: [String]] {
        var chains: [Int: [String]] = [:]
        for fact in facts ?? [] where fact.kind == "stack" {
            let tid = facts?.first { $0.kind == "thread" && $0.name == fact.thread }?.tid ?? rootPid
            if let tid { chains[tid] = fact.innermostFirst }
        }
        for record in records ?? [] {
            if let tid = record.tid, let chain = record.callChainInnermostFirst {
                chains[tid] = chain.map { String($0.prefix { $0 != "(" }) }
            }
        }
        return chains
    }

    /// The frames of a thread in a debugger, without those that are no frames on the stack: inlined calls, and functions
    /// that ended in a jump to another, which the debugger infers from debug information.
    func live(_ tid: Int) -> [LiveFrame] {
        let frames = liveGdbBacktrace?.first { $0.tid == tid }?.frames.filter { !$0.inlined } ?? []
        return frames.enumerated().filter { index, frame in
            index + 1 == frames.count || frames[index + 1].sp != frame.sp
        }.map(\.element)
    }
}

extension Scenario {
    /// The root file system with the program of the workload, and nothing else.
    var rootFolder: String {
        Scenario.fixtures.appending(path: String(name.prefix { $0 != "/" }) + "/root").path
    }

    /// The backtraces of its processes.
    ///
    /// - Parameter root: The root file system; nil for none.
    func backtraces(root: String?) throws -> [ProcessBacktrace] {
        try CheckpointAnalysisTests.backtraces(folder.path, root: root)
    }
}

/// The backtraces of the processes of a checkpoint.
///
/// - Parameters:
///   - path: The checkpoint.
///   - root: The root file system; nil for none.
func backtraces(_ path: String, root: String?) throws -> [ProcessBacktrace] {
    let checkpoint = try Checkpoint(path: FilePath(path))
    let sysroot = try root.map { try SystemRoot(path: FilePath($0)) }
    let options = ProcessBacktrace.Options(
        files: RootFiles(checkpoint, sysroot: sysroot), debugFiles: DebugFiles(folder: nil, sysroot: sysroot))
    return (checkpoint.processes.value ?? []).map { ProcessBacktrace($0, in: checkpoint, options) }
}

extension [ProcessBacktrace] {
    /// The stack of a thread.
    func stack(_ tid: Int) -> ThreadStack? {
        flatMap(\.threads).first { $0.thread.id == tid }?.stack.value
    }
}

extension StackFrame {
    /// The name of the function, as the tests compare it.
    var name: String? { function?.name.string }
}
