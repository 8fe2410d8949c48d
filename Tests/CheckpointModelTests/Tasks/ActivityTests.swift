import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("System call or user mode")
struct ActivityTests {
    private func activity(
        _ machine: Machine, _ registers: MessageBuilder, _ code: [UInt8]? = nil
    ) throws -> Known<ThreadActivity> {
        try MemorySource.task(machine, registers, code: code).thread().activity
    }

    private func call(
        _ machine: Machine, _ registers: MessageBuilder, _ code: [UInt8]? = nil
    ) throws -> SystemCall {
        try #require(try activity(machine, registers, code).value?.systemCall)
    }

    private static let interrupted = UInt64(bitPattern: -4)
    private static let nothing: [UInt8] = Array(repeating: 0x90, count: 8)

    @Test("x86-64: in a call, ended early, ended, in user mode")
    func x86() throws {
        let restarted = try call(.x86, .x86(ax: 202, original: 202))
        #expect(restarted.name == "futex" && restarted.progress == .restarts && restarted.isCertain)
        #expect(try call(.x86, .x86(ax: Self.interrupted, original: 35)).progress == .interrupted)
        #expect(try call(.x86, .x86(ax: 7, original: 0)).progress == .returned(7))
        #expect(try activity(.x86, .x86(ax: 7, original: .max)) == .value(.userMode))
        // A read of no bytes has returned its own number: only the instruction before tells.
        let end = try call(.x86, .x86(ax: 0, original: 0, ip: 0x10002), [0x0F, 0x05])
        #expect(end.name == "read" && end.progress == .returned(0))
        #expect(try call(.x86, .x86(ax: 0, original: 0), [0x0F, 0x05]).progress == .restarts)
        #expect(try call(.x86, .x86(ax: 0x4000_0201, original: 0x4000_0201)).name == "rt_sigreturn")
        #expect(try call(.x86, .x86(ax: 9999, original: 9999)).name == nil)
    }

    @Test("32-bit x86 has numbers of its own, and 32-bit signs")
    func compat() throws {
        #expect(try call(.x86, .x86(ax: 240, original: 240, mode: 2)).name == "futex")
        #expect(try call(.x86, .x86(ax: 0xFFFF_FFFC, original: 162, mode: 2)).progress == .interrupted)
        #expect(try activity(.x86, .x86(original: 0xFFFF_FFFF, mode: 2)) == .value(.userMode))
    }

    @Test("ARM, its instructions of both sorts")
    func arm() throws {
        let read = try call(.arm, .arm(r0: 9, r7: 3, original: 9))
        #expect(read.name == "read" && read.progress == .restarts)
        #expect(try call(.arm, .arm(r0: 0xFFFF_FFFC, r7: 168, original: 9)).progress == .interrupted)
        #expect(try activity(.arm, .arm(r0: 9, r7: 3, original: 0xFFFF_FFFF)) == .value(.userMode))
        // -1 can be the first argument as well.
        let svc: [UInt8] = [0, 0, 0, 0xEF]
        #expect(try call(.arm, .arm(r0: 9, r7: 3, original: 0xFFFF_FFFF), svc).progress == .restarts)
        #expect(try call(.arm, .arm(r0: 9, r7: 3, original: 0xFFFF_FFFF, cpsr: 0x30), [0, 0xDF]).name == "read")
    }

    @Test(
        "Machines that tell by the instruction only",
        arguments: [
            (Machine.aarch64, MessageBuilder.aarch64(x0: 5, x8: 63), [0x01, 0, 0, 0xD4], "read"),
            (.riscv64, .riscv64(a0: 5, a7: 63), [0x73, 0, 0, 0], "read"),
            (.loongarch64, .loongarch64(a0: 5, a7: 63), [0, 0, 0x2B, 0], "read"),
            (.mips, .mips(v0: 5000), [0x0C, 0, 0, 0], "read"),
            (.ppc64, .ppc64(r0: 3, r3: 5, original: 6), [0x02, 0, 0, 0x44], "read"),
        ] as [(Machine, MessageBuilder, [UInt8], String)])
    func instruction(_ machine: Machine, _ registers: MessageBuilder, _ code: [UInt8], _ name: String) throws {
        let at = try call(machine, registers, code)
        #expect(at.name == name && at.progress == .restarts && at.isCertain)
        #expect(try activity(machine, registers, Self.nothing) == .value(.userMode))
        let likely = try call(machine, registers)
        #expect(likely.name == name && !likely.isCertain)
    }

    @Test("Ended early, by the register of the result")
    func interrupted() throws {
        #expect(try call(.aarch64, .aarch64(x0: Self.interrupted, x8: 115)).progress == .interrupted)
        #expect(try call(.riscv64, .riscv64(a0: Self.interrupted, a7: 115)).progress == .interrupted)
        #expect(try call(.loongarch64, .loongarch64(a0: Self.interrupted, a7: 115)).name == "clock_nanosleep")
        #expect(try call(.s390, .s390(r2: Self.interrupted, systemCall: 0x2_0003)).progress == .interrupted)
        #expect(try call(.ppc64, .ppc64(r0: 3, r3: 4, original: 6, ccr: 0x1000_0000)).progress == .interrupted)
    }

    @Test("A number that is none says nothing")
    func noNumber() throws {
        #expect(try activity(.aarch64, .aarch64(x0: 5, x8: 0xDEAD_BEEF)).absence?.reason == .notRecorded)
        #expect(try activity(.mips, .mips(v0: 17)).absence?.reason == .notRecorded)
    }

    @Test("ppc64: what only the kernel sees gives a call away")
    func ppc64() throws {
        let unmoved = try call(.ppc64, .ppc64(r0: 221, r3: UInt64(bitPattern: -512), original: 6))
        #expect(unmoved.name == "futex" && unmoved.progress == .restartsUnmoved && unmoved.isCertain)
        #expect(unmoved.isRestarted)
        let flagged = try call(.ppc64, .ppc64(r0: 221, r3: 514, original: 6, ccr: 0x1000_0000))
        #expect(flagged.progress == .restartsUnmoved)
        #expect(try call(.ppc64, .ppc64(r0: 3, r3: 6, original: 6)).progress == .restarts)
    }

    @Test("s390x: the image tells the number")
    func s390() throws {
        #expect(try activity(.s390, .s390(r2: 5, systemCall: 0)) == .value(.userMode))
        let read = try call(.s390, .s390(r2: 5, systemCall: 0x2_0003))
        #expect(read.name == "read" && read.progress == .unknown && read.isCertain)
        #expect(try call(.s390, .s390(r2: 5, systemCall: 0x2_0003), [0x0A, 0x03]).progress == .restarts)
    }

    @Test("The same call in each table")
    func tables() {
        let numbers: [(SystemCallTable, UInt64)] = [
            (.x86_64, 0), (.i386, 3), (.arm, 3), (.generic, 63), (.ppc64, 3), (.s390x, 3), (.mips, 5000),
            (.mips, 4003), (.mips, 6000),
        ]
        for (table, number) in numbers { #expect(table.name(number) == "read", "\(table)") }
        #expect(SystemCallTable.mips.name(0) == nil)
        #expect(SystemCallTable.generic.name(453) == "map_shadow_stack")
        #expect(SystemCallTable.x86_64.name(.max) == nil)
    }
}
