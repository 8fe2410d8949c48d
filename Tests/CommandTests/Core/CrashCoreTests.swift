import CheckpointTestSupport
import Foundation
import Testing

/// Cores of a program that sits in its own handler of SIGSEGV, against what gdb said of it while it was alive.
@Suite("Cores of a crashed program")
struct CrashCoreTests {
    private struct Truth: Decodable {
        let live_gdb_backtrace: [Thread]
        let facts: [Fact]

        struct Thread: Decodable {
            let tid: Int
            let frames: [Frame]
        }

        struct Frame: Decodable {
            let pc, sp: String
            let function, file: String?
            let line: Int?
            let signal_frame, inlined: Bool
        }

        struct Fact: Decodable {
            let kind: String
            let addr, hex, si_addr: String?
            let signal: Int?
        }
    }

    private static func truth(_ name: String) throws -> Truth {
        try JSONDecoder().decode(Truth.self, from: Scenario.named(name).truth())
    }

    @Test("gdb finds every frame of every thread", arguments: ["crash", "crash-nofp"], ["gdb", "gdb-multiarch"])
    func frames(_ name: String, _ debugger: String) throws {
        try Program.require(Program.libc.path, buildID: Program.libc.buildID)
        let core = try CoreFile(of: images(name))
        let facts = try GDBFacts(core, program: Program.path(name, in: core.folder), debugger: debugger)
        let truth = try CrashCoreTests.truth(name)
        #expect(Set(facts.threads.map(\.tid)) == Set(truth.live_gdb_backtrace.map(\.tid)))
        for live in truth.live_gdb_backtrace {
            let thread = try #require(facts.threads.first { $0.tid == live.tid })
            // Inlined frames are there only if the libc's debugging information is installed.
            let found = thread.frames.filter { !$0.inlined }, expected = live.frames.filter { !$0.inlined }
            #expect(found.count == expected.count)
            for (level, (frame, real)) in zip(found, expected).enumerated() {
                // CRIU moves a thread back to the instruction of its system call, which has two bytes.
                let pc = try #require(UInt64(real.pc.dropFirst(2), radix: 16)) - (level == 0 ? 2 : 0)
                #expect(frame.pc == String(pc, radix: 16) && "0x" + (frame.sp ?? "") == real.sp)
                #expect(frame.signal == real.signal_frame)
                guard real.file == "crash.c" else { continue }
                #expect(frame.name == real.function && frame.line == real.line)
            }
        }
    }

    @Test("The signal that struck is the one whose handler runs", arguments: ["crash", "crash-nofp"])
    func struck(_ name: String) throws {
        let core = try CoreFile(of: images(name))
        let fault = try #require(CrashCoreTests.truth(name).facts.first { $0.kind == "fault" })
        let address = try #require(fault.si_addr)
        let pid = try #require(CrashCoreTests.truth(name).live_gdb_backtrace.map(\.tid).min())
        #expect(core.run.outputText.contains("SIGSEGV at \(address) in thread \(pid)"))
        let gdb = try core.read(
            by: "gdb", "-nx", "-batch", "-ex", "print $_siginfo.si_signo", "-ex",
            "print $_siginfo._sifields._sigfault.si_addr", "-c", "CORE")
        #expect(gdb.outputText.contains("Program terminated with signal SIGSEGV"))
        #expect(gdb.outputText.contains("$1 = \(fault.signal ?? 0)\n$2 = (void *) \(address)\n"))
        let notes = try core.notes()
        #expect(notes.contains("si_signo: 11, si_errno: 0, si_code: 1\n    fault address: \(address)\n"))
    }

    @Test("What the program planted is in the core", arguments: ["crash", "crash-nofp"])
    func plants(_ name: String) throws {
        let plants = try CrashCoreTests.truth(name).facts.filter { $0.kind == "plant" }
        #expect(!plants.isEmpty)
        let places = try plants.map { try "\(#require($0.addr)):\(#require($0.hex).count / 2)" }
        let facts = try GDBFacts(CoreFile(of: images(name)), read: places)
        for (place, plant) in zip(places, plants) { #expect(facts.memory[place] == plant.hex) }
    }

    @Test("An unchanged page of the program is read from its file, and without the file it is not zero")
    func cleanPages() throws {
        let core = try CoreFile(of: images("crash"))
        // The beginning of the read-only data, which no image has.
        let place = "0x5581c5859000:16"
        let program = try Program.path("crash", in: core.folder)
        let file = try Data(contentsOf: URL(filePath: program))
        let expected = file[0x2000..<0x2010].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let with = try GDBFacts(core, program: program, read: [place])
        #expect(with.memory[place] == expected)
        let without = try GDBFacts(core, read: [place])
        #expect(without.memory[place] == .some(nil))
    }

    @Test("elfutils finds the frames too", arguments: ["crash", "crash-nofp"])
    func stack(_ name: String) throws {
        try Program.require(Program.libc.path, buildID: Program.libc.buildID)
        let core = try CoreFile(of: images(name))
        let run = try core.read(by: "eu-stack", "--core", "CORE", "-e", Program.path(name, in: core.folder))
        #expect(run.status == 0 && run.errorText == "", "\(run.errorText)")
        let wanted = [
            ["pause", "wait_for_collector", "write_report", "on_fault", "__restore_rt", "decode_field"],
            ["decode_field", "parse_record", "parse_record", "parse_record", "load_config", "run_service", "main"],
            ["read", "read_request", "serve_clients", "reader_thread", "start_thread"],
            ["next_job", "drain_queue", "waiter_thread", "start_thread"],
        ]
        let names = run.outputText.split(separator: "\n").map { $0.split(separator: " ").last.map(String.init) ?? "" }
        let text = names.joined(separator: " ") + " "
        for chain in wanted { #expect(text.contains(chain.joined(separator: " ") + " "), "\(run.outputText)") }
    }

    @Test("The notes are the kernel's, in number, size and order")
    func notes() throws {
        let core = try CoreFile(of: images("crash"))
        let header = try core.header()
        let notes = header.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ", maxSplits: 2).flatMap { $0.split(separator: "\t") }
            guard words.first == "CORE" || words.first == "LINUX", words.count > 2 else { return nil }
            return words[1] + " " + (words[2].split(separator: " ").first ?? "")
        }
        let thread = ["0x00000150 NT_PRSTATUS", "0x00000200 NT_FPREGSET", "0x00000a80 NT_X86_XSTATE"]
        let process = [
            "0x00000088 NT_PRPSINFO", "0x00000080 NT_SIGINFO", "0x00000170 NT_AUXV", "0x0000039e NT_FILE",
        ]
        #expect(notes == [thread[0]] + process + thread.dropFirst() + thread + thread)
        let text = try core.notes()
        #expect(text.contains("fname: crash, psargs: crash normal\n"))
        #expect(text.contains("5581c5858000-5581c5859000 00001000 4096        /srv/forensics/crash/crash\n"))
    }
}
