/// A 64-bit task on MIPS. CRIU knows only little-endian ones.
struct MIPSCore: CoreMachine {
    /// The flags say MIPS64, the least that CRIU runs on.
    let target = ELFTarget(machine: 8, flags: 0x6000_0000)

    private static let order = [
        "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "s0", "s1",
        "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp", "ra", "lo", "hi", "cp0_epc",
        "cp0_badvaddr", "cp0_status", "cp0_cause",
    ]

    func general(_ registers: RegisterValues) -> [UInt8] {
        block {
            $0.words(registers, MIPSCore.order)
            $0.zeros(45 * 8 - $0.count)
        }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        [
            ELFNote(.core, RegisterNote.floatingPoint, target) { out in
                out.longs(registers, numbered("f", 0..<32))
                for name in ["fcr31", "fir"] { out.u32(UInt32(truncatingIfNeeded: registers[name])) }
            }
        ]
    }
}

/// A 64-bit task on LoongArch.
struct LoongArchCore: CoreMachine {
    /// The flags say that floating point numbers are passed in registers of 64 bits.
    let target = ELFTarget(machine: 258, flags: 3)

    /// The argument of an interrupted system call and the address of a failed access are not in the images.
    func general(_ registers: RegisterValues) -> [UInt8] {
        block {
            $0.words(registers, numbered("r", 0..<32) + ["orig_a0", "pc"])
            $0.zeros(45 * 8 - $0.count)
        }
    }

    /// CRIU (up to 4.2 at least) leaves the floating point registers zero, whatever they held: then they are unknown.
    func others(_ registers: RegisterValues) -> [ELFNote] {
        let names = numbered("f", 0..<32) + ["fcc"]
        guard (names + ["fcsr"]).contains(where: { registers[$0] != 0 }) else { return [] }
        return [
            ELFNote(.core, RegisterNote.floatingPoint, target) {
                $0.longs(registers, names)
                $0.u32(UInt32(truncatingIfNeeded: registers["fcsr"]))
                $0.align(to: 8)
            }
        ]
    }
}

/// A 64-bit task on RISC-V.
struct RISCVCore: CoreMachine {
    /// The flags say that floating point numbers are passed in registers of 64 bits, which the images have.
    let target = ELFTarget(machine: 243, flags: 4)

    private static let order = [
        "pc", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7",
        "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
    ]

    func general(_ registers: RegisterValues) -> [UInt8] {
        block { $0.words(registers, RISCVCore.order) }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        [
            ELFNote(.core, RegisterNote.floatingPoint, target) {
                $0.longs(registers, numbered("f", 0..<32))
                $0.u32(UInt32(truncatingIfNeeded: registers["fcsr"]))
                $0.align(to: 8)
            }
        ]
    }
}
