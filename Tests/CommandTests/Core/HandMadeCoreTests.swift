import CheckpointTestSupport
import Foundation
import Testing

/// Cores of machines of which there is no dump: registers that each have a value of their own come out where they belong.
@Suite("Cores from images that are written by code")
struct HandMadeCoreTests {
    /// A value that no other register has.
    private static func value(_ number: Int, thread: Int, bits: Int = 64) -> UInt64 {
        (0x1122_3344_5566_0000 | UInt64(number * 0x101 + thread * 0x10)) & (bits == 64 ? .max : (1 << UInt64(bits)) - 1)
    }

    private static func members(_ names: [String], thread: Int, bits: Int = 64, from first: Int = 0) -> String {
        names.enumerated().map { "\"\($1)\": \(value($0 + first, thread: thread, bits: bits))" }.joined(separator: ", ")
    }

    private static func list(_ count: Int, thread: Int, from first: Int) -> String {
        "[" + (0..<count).map { String(value($0 + first, thread: thread)) }.joined(separator: ", ") + "]"
    }

    private static func hexadecimal(_ number: Int, thread: Int, bits: Int = 64) -> String {
        String(value(number, thread: thread, bits: bits), radix: 16)
    }

    /// What gdb says of the registers of both threads, against the numbers of the values that they were given.
    private func check(
        _ checkpoint: HandMadeCheckpoint, bits: Int = 64, _ expected: [String: Int], exact: [String: String] = [:]
    ) throws -> CoreFile {
        let core = try CoreFile(of: checkpoint.folder.path)
        let facts = try GDBFacts(
            core, read: ["0x10000:4", "0x11000:4"], registers: Array(expected.keys) + Array(exact.keys))
        #expect(facts.threads.map(\.tid) == [100, 101])
        for (index, thread) in facts.threads.enumerated() {
            for (name, number) in expected {
                let value = HandMadeCoreTests.hexadecimal(number, thread: index, bits: bits)
                #expect(thread.registers[name] == value, "\(name)")
            }
            for (name, value) in exact { #expect(thread.registers[name] == value, "\(name)") }
        }
        #expect(facts.memory == ["0x10000:4": "00000000", "0x11000:4": "00000000"])
        return core
    }

    @Test("32-bit x86 tasks of a 64-bit machine become cores of i386")
    func i386() throws {
        // Two words in one, as the kernel keeps the vector of such a task.
        let auxiliary: [UInt64] = [0xF7FD_0000 << 32 | 32, 4096 << 32 | 6, 0x0804_8400 << 32 | 9, 0]
        // In the form of the 64-bit kernel: SIGSEGV, no error, SEGV_MAPERR, a gap, the address.
        let signal: [UInt8] = [11, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xEF, 0xBE, 0xAD, 0xDE]
        let pending = signal + Array(repeating: 0, count: 128 - signal.count)
        let checkpoint = try HandMadeCheckpoint(
            "X86_64", "thread_info", auxiliary: auxiliary, pending: pending
        ) { thread in
            let own = ["bp", "bx", "ax", "cx", "dx", "si", "di", "orig_ax", "ip", "sp"]
            let zero = ["r15", "r14", "r13", "r12", "r11", "r10", "r9", "r8", "fs_base", "gs_base", "fs"]
            let zeros = zero.map { "\"\($0)\": 0" }.joined(separator: ", ")
            let stack = [UInt32](repeating: 0, count: 32).enumerated().map {
                [0, 0x8000_0000, 0x3FFF, 0][$0.offset % 4]
            }
            return """
                {"clear_tid_addr": 0, "gpregs": {\(HandMadeCoreTests.members(own, thread: thread, bits: 31)), \(zeros),
                "cs": 35, "ss": 43, "ds": 43, "es": 43, "gs": 99, "flags": 582, "mode": "COMPAT"},
                "fpregs": {"cwd": 895, "swd": 12288, "twd": 192, "fop": 0, "rip": 4660, "rdp": 22136, "mxcsr": 8064,
                "mxcsr_mask": 65535, "st_space": \(stack), "xmm_space": \(Array(0..<64)),
                "xsave": {"xstate_bv": 7, "ymmh_space": \(Array(64..<128))}},
                "tls": [{"entry_number": 12, "base_addr": 4143976448, "limit": 1048575, "seg_32bit": true,
                "contents_h": false, "contents_l": false, "read_exec_only": false, "limit_in_pages": true,
                "seg_not_present": false, "usable": true}]}
                """
        }
        let core = try check(
            checkpoint, bits: 31,
            ["ebp": 0, "ebx": 1, "eax": 2, "ecx": 3, "edx": 4, "esi": 5, "edi": 6, "eip": 8, "esp": 9],
            exact: [
                "eflags": "246", "cs": "23", "gs": "63", "st0": "3fff8000000000000000", "mxcsr": "1f80",
                "xmm1": "7000000060000000500000004", "ymm1h": "47000000460000004500000044",
            ])
        let header = try core.header()
        #expect(header.contains("Class:                             ELF32"))
        #expect(header.contains("0x00000010\tNT_386_TLS"))
        let notes = try core.notes()
        #expect(notes.contains("uid: 1001, gid: 1002, pid: 100, ppid: 0, pgrp: 90, sid: 80\n"))
        #expect(notes.contains("SYSINFO: 0xf7fd0000\n    PAGESZ: 4096\n    ENTRY: 0x8048400\n    NULL\n"))
        #expect(notes.contains("si_signo: 11, si_errno: 0, si_code: 1\n    fault address: 0xdeadbeef\n"))
        // The last two registers are in use, and both hold a number.
        let floats = try core.read(by: "gdb", "-nx", "-batch", "-ex", "info float", "-c", "CORE")
        #expect(floats.outputText.contains("Tag Word:            0x0fff"))
    }

    @Test("32-bit ARM")
    func arm() throws {
        // Which floating point registers there are, debuggers ask the vector: VFP and NEON, 32 registers.
        let auxiliary: [UInt64] = [6, 4096, 16, 0x8_1040 | 1 << 13, 0, 0]
        let names = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp", "ip", "sp", "lr"]
        let checkpoint = try HandMadeCheckpoint("ARM", "ti_arm", auxiliary: auxiliary) { thread in
            """
            {"clear_tid_addr": 0, "tls": 1985216512,
            "gpregs": {\(HandMadeCoreTests.members(names, thread: thread, bits: 31)), "pc": 66048, "cpsr": 1610612752,
            "orig_r0": 7},
            "fpstate": {"vfp_regs": \(HandMadeCoreTests.list(32, thread: thread, from: 40)), "fpscr": 16, "fpexc": 0,
            "fpinst": 0, "fpinst2": 0}}
            """
        }
        let shown = names.map { ["fp": "r11", "ip": "r12"][$0] ?? $0 }
        let general = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
        let core = try check(
            checkpoint, bits: 31, general, exact: ["pc": "10200", "cpsr": "60000010", "fpscr": "10"])
        let notes = try core.notes()
        #expect(notes.contains("d31: 0x" + HandMadeCoreTests.hexadecimal(71, thread: 0)))
        #expect(notes.contains("d31: 0x" + HandMadeCoreTests.hexadecimal(71, thread: 1)))
        #expect(notes.contains("uid: 1001, gid: 1002,"))
    }

    @Test("64-bit MIPS")
    func mips() throws {
        let names = (0..<32).map { "r\($0)" }
        let checkpoint = try HandMadeCheckpoint("MIPS", "ti_mips", auxiliary: [6, 4096, 0, 0]) { thread in
            """
            {"clear_tid_addr": 0, "tls": 1,
            "gpregs": {\(HandMadeCoreTests.members(names + ["lo", "hi", "cp0_epc"], thread: thread)),
            "cp0_badvaddr": 5, "cp0_status": 243, "cp0_cause": 32},
            "fpregs": {\(HandMadeCoreTests.members(names + ["lo", "hi"], thread: thread, from: 40)),
            "fpu_fcr31": 4096, "fpu_id": 1849}}
            """
        }
        let core = try check(
            checkpoint,
            [
                "at": 1, "v0": 2, "a0": 4, "t0": 12, "s0": 16, "gp": 28, "sp": 29, "s8": 30, "ra": 31, "lo": 32,
                "hi": 33, "pc": 34, "f0": 40, "f31": 71,
            ], exact: ["sr": "f3", "bad": "5", "cause": "20", "fsr": "1000", "fir": "739"])
        #expect(try core.header().contains("MIPS R3000"))
        _ = try core.notes()
    }

    @Test("64-bit RISC-V")
    func riscv64() throws {
        let names = [
            "pc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
            "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
        ]
        let checkpoint = try HandMadeCheckpoint("RISCV64", "ti_riscv64", auxiliary: [6, 4096, 0, 0]) { thread in
            """
            {"clear_tid_addr": 0, "tls": 1, "gpregs": {\(HandMadeCoreTests.members(names, thread: thread))},
            "fpsimd": {"f": \(HandMadeCoreTests.list(32, thread: thread, from: 40)), "fcsr": 33}}
            """
        }
        let shown = names.map { $0 == "s0" ? "fp" : $0 }
        let general = Dictionary(uniqueKeysWithValues: shown.enumerated().map { ($1, $0) })
        let floating = ["ft0": 40, "fs0": 48, "fa0": 50, "ft11": 71]
        let core = try check(checkpoint, general.merging(floating) { $1 }, exact: ["fcsr": "21"])
        #expect(try core.header().contains("double-float ABI"))
        _ = try core.notes()
    }

    /// Debian's gdb does not know the machine: the places are those of the kernel's `elf_prstatus` and `user_fp_state`.
    @Test("64-bit LoongArch", arguments: [true, false])
    func loongarch64(_ hasFloatingPoint: Bool) throws {
        let checkpoint = try HandMadeCheckpoint("LOONGARCH64", "ti_loongarch64", auxiliary: [6, 4096, 0, 0]) { thread in
            let floating = hasFloatingPoint ? HandMadeCoreTests.list(32, thread: thread, from: 40) : "[]"
            return """
                {"clear_tid_addr": 0, "tls": 1,
                "gpregs": {"regs": \(HandMadeCoreTests.list(32, thread: thread, from: 0)), "pc": 4660},
                "fpregs": {"regs": \(floating), "fcc": \(hasFloatingPoint ? 257 : 0), "fcsr": 0}}
                """
        }
        let core = try CoreFile(of: checkpoint.folder.path)
        #expect(try core.header().contains("Machine:                           LoongArch"))
        // What CRIU leaves zero is not known: such a note would say that it was zero.
        #expect(try core.header().contains("NT_FPREGSET") == hasFloatingPoint)
        let bytes = try core.folder.bytes("core")
        func word(_ offset: Int) -> UInt64 {
            bytes[offset..<(offset + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        // The first note is behind the header, the headers of notes and of one area, and its own 20 bytes.
        let general = 64 + 2 * 56 + 20 + 112
        for number in 0..<32 {
            #expect(word(general + number * 8) == HandMadeCoreTests.value(number, thread: 0))
        }
        #expect(word(general + 33 * 8) == 4660)
        _ = try core.notes()
    }

    @Test("More stretches of memory than the header can count")
    func manyStretches() throws {
        let count = 70_000
        let checkpoint = try HandMadeCheckpoint("RISCV64", "ti_riscv64", auxiliary: [6, 4096, 0, 0], areas: count) {
            _ in
            let names = ["pc", "ra", "sp", "gp", "tp"] + (0..<7).map { "t\($0)" } + (0..<12).map { "s\($0)" }
            let members = (names + (0..<8).map { "a\($0)" }).map { "\"\($0)\": 0" }.joined(separator: ", ")
            return """
                {"clear_tid_addr": 0, "tls": 1, "gpregs": {\(members)},
                "fpsimd": {"f": [], "fcsr": 0}}
                """
        }
        let core = try CoreFile(of: checkpoint.folder.path)
        // Where the true number has to stand; some versions of readelf know only of sections there.
        let header = try core.header(tolerating: "readelf: Warning: [ 0]: Unexpected value (70001) in info field.")
        #expect(header.contains("Number of program headers:         65535 (70001)"))
        let last = HandMadeCheckpoint.start + (count - 1) * HandMadeCheckpoint.step
        let places = ["\(HandMadeCheckpoint.start):4", "\(last):4", "\(last + 0x1000):4"]
        let facts = try GDBFacts(core, read: places)
        #expect(facts.memory == [places[0]: "00000000", places[1]: "6f110100", places[2]: "00000000"])
        let eu = try core.read(by: "eu-readelf", "-h", "CORE")
        #expect(eu.outputText.contains("70001"))
    }
}
