internal import CRIUImages

extension RegisterSet {
    init(_ info: ThreadInfoMips, _ origin: Origin) {
        let registers = info.gpregs
        let status = Register("cp0_status", registers.cp0Status)
        let special = [
            Register("lo", registers.lo), Register("hi", registers.hi), Register("cp0_epc", registers.cp0Epc),
            Register("cp0_badvaddr", registers.cp0Badvaddr), status, Register("cp0_cause", registers.cp0Cause),
        ]
        let names = mipsNames
        self.init(
            architecture: .mips, isCompat: false,
            groups: [
                RegisterGroup("general", zip(names, registers.numbered).map { Register($0, $1) } + special),
                RegisterGroup("fp", info.fpregs.registers), RegisterGroup("system", [Register("tls", info.tls)]),
            ],
            instructionPointer: registers.cp0Epc, stackPointer: .value(registers.r29), flags: status,
            threadPointer: .value(info.tls), localSegments: [], clearThreadIDAddress: info.clearTidAddr, origin: origin)
    }

    init(_ info: ThreadInfoLoongarch64, _ origin: Origin) {
        let control = [
            Register("fcc", info.fpregs.fcc), Register("fcsr", UInt64(info.fpregs.fcsr), bits: 32),
        ]
        self.init(
            architecture: .loongarch64, isCompat: false,
            groups: [
                RegisterGroup("general", numberedRegisters("r", info.gpregs.regs) + [Register("pc", info.gpregs.pc)]),
                RegisterGroup("fp", numberedRegisters("f", info.fpregs.regs) + control),
                RegisterGroup("system", [Register("tls", info.tls)]),
            ],
            instructionPointer: info.gpregs.pc, stackPointer: info.gpregs.regs.known(3), flags: nil,
            threadPointer: .value(info.tls), localSegments: [], clearThreadIDAddress: info.clearTidAddr, origin: origin)
    }

    init(_ info: ThreadInfoRiscv64, _ origin: Origin) {
        let control = [Register("fcsr", UInt64(info.fpsimd.fcsr), bits: 32)]
        self.init(
            architecture: .riscv64, isCompat: false,
            groups: [
                RegisterGroup("general", info.gpregs.general),
                RegisterGroup("fp", numberedRegisters("f", info.fpsimd.f) + control),
                RegisterGroup("system", [Register("tls", info.tls)]),
            ],
            instructionPointer: info.gpregs.pc, stackPointer: .value(info.gpregs.sp), flags: nil,
            threadPointer: .value(info.tls), localSegments: [], clearThreadIDAddress: info.clearTidAddr, origin: origin)
    }
}

/// The names of R0 to R31 in the 64-bit calling convention.
private let mipsNames = [
    "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "s0", "s1", "s2",
    "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp", "ra",
]

extension UserMipsRegsEntry {
    fileprivate var numbered: [UInt64] {
        [
            r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15, r16, r17, r18, r19, r20, r21, r22,
            r23,
            r24, r25, r26, r27, r28, r29, r30, r31,
        ]
    }
}

extension UserMipsFpregsEntry {
    fileprivate var registers: [Register] {
        let values = [
            r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15, r16, r17, r18, r19, r20, r21, r22,
            r23,
            r24, r25, r26, r27, r28, r29, r30, r31,
        ]
        // Two fields that the hardware has no registers for; kept if anything is in them.
        let unused = [("f_lo", lo), ("f_hi", hi)].filter { $1 != 0 }.map { Register($0, $1) }
        return numberedRegisters("f", values) + [
            Register("fcr31", UInt64(fpuFcr31), bits: 32), Register("fir", UInt64(fpuId), bits: 32),
        ] + unused
    }
}

extension UserRiscv64RegsEntry {
    /// By their names in the calling convention, in the order of their numbers.
    fileprivate var general: [Register] {
        let values: [(String, UInt64)] = [
            ("ra", ra), ("sp", sp), ("gp", gp), ("tp", tp), ("t0", t0), ("t1", t1), ("t2", t2), ("s0", s0),
            ("s1", s1), ("a0", a0), ("a1", a1), ("a2", a2), ("a3", a3), ("a4", a4), ("a5", a5), ("a6", a6), ("a7", a7),
            ("s2", s2), ("s3", s3), ("s4", s4), ("s5", s5), ("s6", s6), ("s7", s7), ("s8", s8), ("s9", s9),
            ("s10", s10), ("s11", s11), ("t3", t3), ("t4", t4), ("t5", t5), ("t6", t6), ("pc", pc),
        ]
        return values.map { Register($0, $1) }
    }
}
