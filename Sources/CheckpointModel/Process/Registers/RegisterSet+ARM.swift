internal import CRIUImages

extension RegisterSet {
    init(_ info: ThreadInfoArm, _ origin: Origin) {
        let registers = info.gpregs
        let cpsr = Register("cpsr", UInt64(registers.cpsr), bits: 32)
        let floating = numberedRegisters("d", info.fpstate.vfpRegs) + info.fpstate.control
        self.init(
            architecture: .arm, isCompat: false,
            groups: [
                RegisterGroup(
                    "general",
                    registers.general + [cpsr, Register("orig_r0", UInt64(registers.origR0), bits: 32)]),
                RegisterGroup("vfp", floating), RegisterGroup("system", [Register("tls", UInt64(info.tls), bits: 32)]),
            ],
            instructionPointer: UInt64(registers.pc), stackPointer: .value(UInt64(registers.sp)), flags: cpsr,
            threadPointer: .value(UInt64(info.tls)), localSegments: [], clearThreadIDAddress: info.clearTidAddr,
            origin: origin)
    }

    init(_ info: ThreadInfoAarch64, _ origin: Origin) {
        let registers = info.gpregs
        let pstate = Register("pstate", registers.pstate)
        let control = [
            Register("fpsr", UInt64(info.fpsimd.fpsr), bits: 32), Register("fpcr", UInt64(info.fpsimd.fpcr), bits: 32),
        ]
        let keys = info.pacKeys.map(\.registers) ?? []
        self.init(
            architecture: .aarch64, isCompat: false,
            groups: [
                RegisterGroup(
                    "general",
                    numberedRegisters("x", registers.regs) + [
                        Register("sp", registers.sp), Register("pc", registers.pc), pstate,
                    ]
                ),
                RegisterGroup("fpsimd", numberedPairs("v", info.fpsimd.vregs) + control),
                RegisterGroup("system", [Register("tpidr", info.tls)]),
            ] + (keys.isEmpty ? [] : [RegisterGroup("pac", keys)]),
            instructionPointer: registers.pc, stackPointer: .value(registers.sp), flags: pstate,
            threadPointer: .value(info.tls), localSegments: [], clearThreadIDAddress: info.clearTidAddr, origin: origin)
    }
}

extension UserArmRegsEntry {
    fileprivate var general: [Register] {
        let values: [(String, UInt32)] = [
            ("r0", r0), ("r1", r1), ("r2", r2), ("r3", r3), ("r4", r4), ("r5", r5), ("r6", r6), ("r7", r7), ("r8", r8),
            ("r9", r9), ("r10", r10), ("r11", fp), ("r12", ip), ("sp", sp), ("lr", lr), ("pc", pc),
        ]
        return values.map { Register($0, UInt64($1), bits: 32) }
    }
}

extension UserArmVfpstateEntry {
    fileprivate var control: [Register] {
        [("fpscr", fpscr), ("fpexc", fpexc), ("fpinst", fpinst), ("fpinst2", fpinst2)].map {
            Register($0, UInt64($1), bits: 32)
        }
    }
}

extension PacKeys {
    /// The keys that sign pointers.
    fileprivate var registers: [Register] {
        var result: [Register] = []
        if let keys = pacAddressKeys {
            result += [
                Register("apiakey", words: [keys.apiakeyLo, keys.apiakeyHi], bits: 128),
                Register("apibkey", words: [keys.apibkeyLo, keys.apibkeyHi], bits: 128),
                Register("apdakey", words: [keys.apdakeyLo, keys.apdakeyHi], bits: 128),
                Register("apdbkey", words: [keys.apdbkeyLo, keys.apdbkeyHi], bits: 128),
                Register("pac_enabled", keys.pacEnabledKey),
            ]
        }
        if let keys = pacGenericKeys {
            result.append(Register("apgakey", words: [keys.apgakeyLo, keys.apgakeyHi], bits: 128))
        }
        return result
    }
}
