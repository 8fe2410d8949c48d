import CRIUImages
import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("Registers of every machine, from images made by hand")
struct RegisterTests {
    private func registers(_ machine: Machine, _ message: MessageBuilder) throws -> RegisterSet {
        try #require(try MemorySource.task(machine, message).thread().registers.value)
    }

    @Test("x86-64: names, x87, SSE, and all that XSAVE adds")
    func x86() throws {
        let extended = MessageBuilder().varint(1, 0xE7).list(2, Array(201...264)).list(3, [1, 2]).list(4, [3, 4])
            .list(5, Array(10..<18)).list(6, Array(300..<364)).list(7, Array(400..<528)).list(8, [0x5555_5554])
            .message(9, MessageBuilder().varint(1, 3).varint(2, 0x9000))
        let set = try registers(.x86, .x86(ax: 0xAA, original: .max, extended: extended))
        #expect(!set.isCompat && set.instructionPointer == 0x10000 && set.stackPointer == .value(0x7000))
        #expect(set.general.prefix(8).map(\.name) == ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp"])
        #expect(set["rax"]?.value == 0xAA && set["r15"]?.value == 1 && set["rflags"]?.value == 0x246)
        #expect(set.threadPointer == .value(0xF5) && set.clearThreadIDAddress == 0xC1EA)
        #expect(set["cs"]?.hexadecimal == "0033")
        #expect(set["st0"]?.hexadecimal == "40008000000000000000")
        #expect(set["xmm1"]?.hexadecimal == "00000008000000070000000600000005")
        #expect(set["ymm0"]?.words == [0x2_0000_0001, 0x4_0000_0003, 0xCA_0000_00C9, 0xCC_0000_00CB])
        #expect(set["zmm15"]?.words.suffix(4) == [360, 361, 362, 363])
        #expect(set["zmm16"]?.words == Array(400..<408) && set["zmm31"]?.words.last == 527)
        #expect(set["k7"]?.value == 17 && set["pkru"]?.value == 0x5555_5554 && set["ssp"]?.value == 0x9000)
        #expect(set["bnd0"]?.words == [1, 2] && set["bndstatus"]?.value == 4)
    }

    @Test("32-bit x86: names, widths, the segment for thread-local data")
    func compat() throws {
        let segment = MessageBuilder().fields(from: 1, [12, 0xF7D0_0000, 0xFFFFF, 1, 0, 0, 0, 1, 0, 1])
        let set = try registers(
            .x86, .x86(ax: 0xFFFF_FFFC, original: 3, mode: 2, gs: 0x63, segments: [segment]))
        #expect(set.isCompat)
        #expect(set["eax"]?.hexadecimal == "fffffffc" && set["eip"]?.bits == 32 && set["rax"] == nil)
        #expect(set.threadPointer == .value(0xF7D0_0000))
        #expect(set.localSegments.first?.isLimitInPages == true && set.localSegments.first?.isUsable == true)
        // What 32-bit code does not have is 0 in honest images, and shown where it is not.
        #expect(set["r8"]?.value == 10)
        let none = try registers(.x86, .x86(original: 3, mode: 2, gs: 0x63))
        #expect(none.threadPointer.absence?.reason == .notRecorded)
    }

    @Test("ARM")
    func arm() throws {
        let set = try registers(.arm, .arm(r0: 5, r7: 4, original: 9))
        #expect(set.general.map(\.name).prefix(3) == ["r0", "r1", "r2"] && set["r11"]?.value == 11)
        #expect(set.instructionPointer == 0x10000 && set.stackPointer == .value(0x7000))
        #expect(set["d31"]?.value == 131 && set["fpscr"]?.value == 7 && set.threadPointer == .value(0x7150))
        #expect(set["r0"]?.bits == 32 && set.flags?.name == "cpsr")
    }

    @Test("aarch64, with keys for pointers")
    func aarch64() throws {
        let keys = MessageBuilder().message(6, MessageBuilder().fields(from: 1, Array(1...9)))
            .message(7, MessageBuilder().fields(from: 1, [10, 11]))
        let set = try registers(.aarch64, .aarch64(x0: 5, x8: 63, keys: keys))
        #expect(set["x30"]?.value == 30 && set["sp"]?.value == 0x7000 && set["pstate"]?.value == 0x6000_0000)
        #expect(set["v31"]?.words == [62, 63] && set["fpcr"]?.value == 2)
        #expect(
            set["apdbkey"]?.words == [7, 8] && set["apgakey"]?.words == [10, 11] && set["pac_enabled"]?.value == 9)
        let plain = try registers(.aarch64, .aarch64(x0: 5, x8: 63))
        #expect(!plain.groups.contains { $0.name == "pac" })
    }

    @Test("MIPS")
    func mips() throws {
        let set = try registers(.mips, .mips(v0: 5000))
        #expect(set["v0"]?.value == 5000 && set["ra"]?.value == 31 && set["cp0_badvaddr"]?.value == 0xBAD)
        #expect(set["f31"]?.value == 32 && set["fcr31"]?.value == 35 && set.stackPointer == .value(0x7000))
    }

    @Test("loongarch64 and riscv64")
    func others() throws {
        let loong = try registers(.loongarch64, .loongarch64(a0: 1, a7: 63))
        #expect(loong["r31"]?.value == 31 && loong["f0"]?.value == 1 && loong["fcsr"]?.value == 10)
        #expect(loong.stackPointer == .value(0x7000) && loong.flags == nil)
        let riscv = try registers(.riscv64, .riscv64(a0: 1, a7: 63))
        #expect(riscv.general.map(\.name).prefix(4) == ["ra", "sp", "gp", "tp"] && riscv["a7"]?.value == 63)
        #expect(riscv["t6"]?.value == 31 && riscv["f31"]?.value == 32 && riscv.instructionPointer == 0x10000)
    }

    @Test("ppc64, with vectors")
    func ppc64() throws {
        let set = try registers(.ppc64, .ppc64(r0: 3, r3: 0, original: 0))
        #expect(set["r31"]?.value == 31 && set["nip"]?.value == 0x10000 && set.threadPointer == .value(0x7150))
        #expect(set["fpscr"]?.value == 32 && set["vr31"]?.words == [62, 63] && set["vscr"]?.words == [64, 65])
        // The floating point registers are the upper halves.
        #expect(set["vsr31"]?.words == [231, 31] && set["vrsave"]?.value == 5)
    }

    @Test("s390x, with vectors")
    func s390() throws {
        let set = try registers(.s390, .s390(r2: 0, systemCall: 0))
        #expect(set["r15"]?.value == 0x7000 && set["psw_addr"]?.value == 0x10000)
        #expect(set.threadPointer == .value(0x1_0000_7150))
        #expect(set["v0"]?.words == [30, 10] && set["v16"]?.words == [51, 50] && set["v31"]?.words == [81, 80])
    }

    @Test("Too few registers: what is there is shown")
    func few() throws {
        let set = try registers(.loongarch64, .loongarch64(a0: 1, a7: 63, count: 2))
        #expect(set["r1"]?.value == 1 && set["r2"] == nil)
        #expect(set.stackPointer.absence?.reason == .damaged)
    }

    @Test("No registers, or those of another machine")
    func none() throws {
        #expect(try MemorySource.task(.x86).thread().registers.absence?.reason == .notRecorded)
        var source = MemorySource.task(.x86)
        let core = MessageBuilder().varint(1, 2).message(2, .x86(original: 0)).message(3, .taskCore())
        source["core-1.img"] = ImageBuilder(.core).entry(core.message(5, .threadCore()))
        #expect(try source.thread().registers.absence?.reason == .notRecorded)
    }
}
