/// A 32-bit task on ARM.
struct ARMCore: CoreMachine {
    /// CRIU runs only where the fifth version of the calling convention is in use.
    let target = ELFTarget(machine: 40, is64Bit: false, flags: 0x0500_0000)
    let userIDSize = 2

    func general(_ registers: RegisterValues) -> [UInt8] {
        block { $0.words(registers, numbered("r", 0..<13) + ["sp", "lr", "pc", "cpsr", "orig_r0"]) }
    }

    /// The floating point registers of the processors before VFP, which NT_FPREGSET is for, are not in the images.
    func others(_ registers: RegisterValues) -> [ELFNote] {
        [
            ELFNote(.linux, RegisterNote.armVFP, target) {
                $0.longs(registers, numbered("d", 0..<32))
                $0.u32(UInt32(truncatingIfNeeded: registers["fpscr"]))
            },
            ELFNote(.linux, RegisterNote.armTLS, target) { $0.words(registers, ["tls"]) },
        ]
    }
}

/// A 64-bit task on ARM. The images have no registers of SVE, and the keys but not the masks of pointer authentication.
struct AArch64Core: CoreMachine {
    let target = ELFTarget(machine: 183)

    func general(_ registers: RegisterValues) -> [UInt8] {
        block { $0.words(registers, numbered("x", 0..<31) + ["sp", "pc", "pstate"]) }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        var notes = [
            ELFNote(.core, RegisterNote.floatingPoint, target) { out in
                out.quads(registers, numbered("v", 0..<32))
                for name in ["fpsr", "fpcr"] { out.u32(UInt32(truncatingIfNeeded: registers[name])) }
                out.zeros(8)
            },
            ELFNote(.linux, RegisterNote.armTLS, target) { $0.longs(registers, ["tpidr"]) },
        ]
        if registers.has("apiakey") {
            notes += [
                ELFNote(.linux, RegisterNote.armPACAddressKeys, target) {
                    $0.quads(registers, ["apiakey", "apibkey", "apdakey", "apdbkey"])
                }
            ]
        }
        if registers.has("apgakey") {
            notes.append(ELFNote(.linux, RegisterNote.armPACGenericKeys, target) { $0.quads(registers, ["apgakey"]) })
        }
        if registers.has("pac_enabled") {
            notes.append(
                ELFNote(.linux, RegisterNote.armPACEnabledKeys, target) { $0.longs(registers, ["pac_enabled"]) })
        }
        return notes
    }
}
