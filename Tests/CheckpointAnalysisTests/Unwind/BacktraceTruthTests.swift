import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

/// Backtraces against what the workloads said of themselves, and what a debugger said of the live processes.
@Suite("Backtraces against what was there")
struct BacktraceTruthTests {
    /// Functions of the C library in the stacks of the workload.
    private static let library: Set<String> = ["pause", "read", "pthread_cond_wait", "start_thread", "clone"]

    @Test(
        "Statically linked programs, of which all is there: every frame is by call frame information",
        arguments: ["chain/3", "arm64", "s390x", "ppc64el"])
    func wholePrograms(_ name: String) throws {
        let scenario = Scenario.named(name)
        let truth = try StackTruth(scenario)
        let folder = name == "ppc64el" ? try ScratchFolder(unpackedRootOf: scenario) : nil
        let traces = try scenario.backtraces(root: folder?.path ?? scenario.rootFolder)
        #expect(truth.chains.count == 4)
        for (tid, chain) in truth.chains {
            let stack = try #require(traces.stack(tid))
            let names = stack.frames.map { $0.name ?? "" }
            let first = try #require(names.firstIndex(of: chain[0]), "\(names)")
            #expect(Array(names[first...].prefix(chain.count)) == chain)
            #expect(stack.end.reason == .outermost, "\(stack.end)")
            #expect(stack.frames.dropFirst().allSatisfy { $0.method == .callFrameInformation })
            let outermost = ["_start", "__clone3", "thread_start", "__clone", "__libc_start_main_impl"]
            #expect(outermost.contains(names.last ?? ""), "\(names)")
            for frame in stack.frames[first..<(first + chain.count)] {
                #expect(frame.line?.file.string?.hasSuffix("/wl.c") == true && frame.line.map { $0.number > 0 } == true)
            }
            try checkLocal(truth, tid, stack.frames, first)
        }
    }

    /// A local variable of the function that waits is in its frame, or in one of its callers'.
    private func checkLocal(_ truth: StackTruth, _ tid: Int, _ frames: [StackFrame], _ first: Int) throws {
        let text = try #require(truth.records?.first { $0.kind == "thread" && $0.tid == tid }?.localMarker)
        let address = try #require(UInt64(text.dropFirst(2), radix: 16))
        let start = try #require(frames[first].stackPointer), end = try #require(frames.last?.stackPointer)
        #expect((start...end).contains(address))
    }

    @Test("The program alone, without the C library", arguments: ["crash", "crash-nofp"])
    func programAlone(_ name: String) throws {
        let scenario = Scenario.named(name)
        let truth = try StackTruth(scenario)
        let traces = try scenario.backtraces(root: scenario.rootFolder)
        let main = try #require(truth.rootPid)
        for tid in truth.chains.keys where tid == main {
            let stack = try #require(traces.stack(tid))
            let chain = try #require(truth.chains[tid])
            let own = chain.filter { !Self.library.contains($0) && $0 != "<signal frame>" }
            #expect(own.count == 10)
            #expect(stack.frames.compactMap(\.name) == own)
            // The caller of the library's function can only be guessed; the others cannot be mistaken.
            #expect(stack.frames.map(\.method).filter { $0 == .guess }.count == 1)
            #expect(stack.frames[1].method == .guess)
            #expect(stack.frames.firstIndex { $0.isSignalFrame } == chain.firstIndex(of: "<signal frame>"))
            compare(stack.frames.dropFirst(), Array(truth.live(tid).dropFirst()), count: 11)
        }
        #expect(traces[0].missingModules.map(\.name.string) == ["/usr/lib/x86_64-linux-gnu/libc.so.6"])
        #expect(traces[0].missingModules[0].recordedBuildID.count == 20)
    }

    @Test("No files at all: addresses by frame pointers")
    func framePointersOnly() throws {
        let scenario = Scenario.named("crash")
        let truth = try StackTruth(scenario)
        let main = try #require(truth.rootPid)
        let stack = try #require(try scenario.backtraces(root: nil).stack(main))
        let live = truth.live(main).dropFirst().map(\.pc)
        #expect(stack.frames.dropFirst().prefix(live.count).map { "0x" + String($0.address, radix: 16) } == Array(live))
        let methods = stack.frames.map(\.method)
        #expect(methods[0] == .registers && methods[1] == .guess && methods[5] == .signalContext)
        #expect(methods.filter { $0 == .callFrameInformation }.isEmpty)
        #expect(stack.frames.allSatisfy { $0.function == nil })
        #expect(stack.end.reason == .noUnwindInformation)
    }

    /// The C library is that of the dump only on a machine that has the same one.
    @Test("With the C library of the dump, where this machine has it", arguments: ["crash", "crash-nofp"])
    func wholeStacks(_ name: String) throws {
        let scenario = Scenario.named(name)
        let truth = try StackTruth(scenario)
        let root = try ScratchFolder(rootOf: scenario)
        let traces = try scenario.backtraces(root: root.path)
        guard traces[0].missingModules.isEmpty else { return }
        #expect(truth.chains.count == 3)
        for (tid, chain) in truth.chains {
            let stack = try #require(traces.stack(tid))
            let live = truth.live(tid)
            #expect(live.count >= 5)
            compare(stack.frames[0...], live, count: live.count)
            let names = stack.frames.map { $0.isSignalFrame ? "<signal frame>" : $0.name ?? "" }
            let expected = chain.filter { !["start_thread", "clone"].contains($0) }
            // The library has inner functions that the workload does not know of, and no names for them.
            #expect(names.filter { expected.contains($0) } == expected, "\(names)")
            #expect(stack.end.reason == .outermost)
        }
    }

    /// Compares addresses, stack pointers and lines with what a debugger said of the live process. A system call has been
    /// moved back to its instruction.
    private func compare(_ frames: ArraySlice<StackFrame>, _ live: [StackTruth.LiveFrame], count: Int) {
        #expect(live.count == count && frames.count >= count)
        for (frame, live) in zip(frames, live) {
            let address = frame.method == .registers ? frame.address + 2 : frame.address
            #expect("0x" + String(address, radix: 16) == live.pc)
            #expect(frame.stackPointer.map { "0x" + String($0, radix: 16) } == live.sp)
            #expect(frame.isSignalFrame == live.signalFrame)
            guard live.file == "crash.c" else { continue }
            #expect(frame.line?.file.string?.hasSuffix("/crash.c") == true && frame.line?.number == live.line)
            #expect(frame.name == live.function)
        }
    }

    @Test(
        "The reason: the signal that is handled, and what is mapped at its address", arguments: ["crash", "crash-nofp"])
    func reason(_ name: String) throws {
        let scenario = Scenario.named(name)
        let fault = try #require(try StackTruth(scenario).facts?.first { $0.kind == "fault" })
        let thread = try #require(try scenario.backtraces(root: scenario.rootFolder)[0].threads.first)
        let signal = try #require(thread.stack.value?.handledSignals.first?.information.value)
        #expect(signal.signal.number == fault.signal && signal.codeName == "SEGV_MAPERR")
        let address = try #require(signal.faultAddress)
        #expect("0x" + String(address, radix: 16) == fault.siAddr)
        let place = try #require(thread.faults.first)
        #expect(place.address == address && place.segment == nil && place.below == nil && place.above != nil)
        #expect(thread.thread.systemCall?.name == "pause")
    }
}

extension ScratchFolder {
    /// A root file system with the program of a workload, which is kept compressed.
    convenience init(unpackedRootOf scenario: Scenario) throws {
        try self.init()
        let program = "srv/forensics/arch/wl"
        try makeFolder("srv/forensics/arch")
        let run = try ToolRun(
            URL(filePath: "/usr/bin/gzip"), ["-dc", "\(scenario.rootFolder)/\(program).gz"])
        try #require(run.status == 0, "\(run.errorText)")
        try write(program, run.output)
    }

    /// A root file system with the program of a workload, and this machine's C library.
    convenience init(rootOf scenario: Scenario) throws {
        try self.init()
        let manager = FileManager.default
        try manager.copyItem(atPath: scenario.rootFolder + "/srv", toPath: path("srv"))
        try makeFolder("usr/lib/x86_64-linux-gnu")
        for name in ["libc.so.6", "ld-linux-x86-64.so.2"] {
            let file = URL(filePath: "/usr/lib/x86_64-linux-gnu/" + name).resolvingSymlinksInPath()
            guard manager.fileExists(atPath: file.path) else { continue }
            try manager.copyItem(at: file, to: url.appending(path: "usr/lib/x86_64-linux-gnu/" + name))
        }
    }
}
