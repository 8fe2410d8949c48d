/// A 64-bit task on PowerPC.
struct PPC64Core: CoreMachine {
    let target: ELFTarget

    /// - Parameter isBigEndian: The order of bytes. Little-endian programs have the second version of the calling
    ///   convention; of others that is not known.
    init(isBigEndian: Bool) {
        target = ELFTarget(machine: 21, isBigEndian: isBigEndian, flags: isBigEndian ? 0 : 2)
    }

    /// The names of registers in a memory transaction begin so; the others are as they were before it.
    private static let inTransaction = "tm_"

    /// The kernel has the registers of the moment here, also in a transaction.
    func general(_ registers: RegisterValues) -> [UInt8] {
        general(registers, registers.hasGroup("transaction") ? PPC64Core.inTransaction : "")
    }

    private func general(_ registers: RegisterValues, _ prefix: String) -> [UInt8] {
        let special = ["nip", "msr", "orig_r3", "ctr", "lr", "xer", "ccr"].map { prefix + $0 }
        return block {
            $0.words(registers, numbered(prefix + "r", 0..<32) + special)
            // Whether interrupts are on in the kernel, which they are for every program.
            $0.word(1)
            $0.words(registers, [prefix + "trap"])
            $0.zeros(48 * 8 - $0.count)
        }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        guard registers.hasGroup("transaction") else { return vectors(registers, "", PPC64Core.types) }
        return vectors(registers, PPC64Core.inTransaction, PPC64Core.types)
            + [ELFNote(.linux, RegisterNote.ppcTMGeneral, general(registers, ""))]
            + vectors(registers, "", PPC64Core.checkpointedTypes) + [
                ELFNote(.linux, RegisterNote.ppcTMSpecial, target) { out in
                    for name in ["tfhar", "texasr", "tfiar"] {
                        let own = PPC64Core.inTransaction + name
                        out.u64(registers[registers.has(own) ? own : name])
                    }
                }
            ]
    }

    /// The types of the notes of floating point, Altivec and VSX registers.
    private typealias Types = (floating: (ELFNote.Owner, UInt32), vmx: UInt32, vsx: UInt32)
    private static let types: Types = ((.core, RegisterNote.floatingPoint), RegisterNote.ppcVMX, RegisterNote.ppcVSX)
    private static let checkpointedTypes: Types = (
        (.linux, RegisterNote.ppcTMFloating), RegisterNote.ppcTMVMX, RegisterNote.ppcTMVSX
    )

    private func vectors(_ registers: RegisterValues, _ prefix: String, _ types: Types) -> [ELFNote] {
        var notes: [ELFNote] = []
        if registers.hasGroup(prefix + "fp") {
            notes.append(
                ELFNote(types.floating.0, types.floating.1, target) {
                    $0.longs(registers, numbered(prefix + "f", 0..<32) + [prefix + "fpscr"])
                })
        }
        if registers.hasGroup(prefix + "vmx") {
            notes.append(
                ELFNote(.linux, types.vmx, target) { out in
                    // The image has the halves in the order of memory.
                    for name in numbered(prefix + "vr", 0..<32) + [prefix + "vscr"] {
                        for word in registers.words(name, 0..<2) { out.u64(word) }
                    }
                    out.u32(UInt32(truncatingIfNeeded: registers[prefix + "vrsave"]))
                    out.zeros(12)
                })
        }
        if registers.hasGroup(prefix + "vsx") {
            notes.append(
                ELFNote(.linux, types.vsx, target) { $0.longs(registers, numbered(prefix + "vsr", 0..<32)) })
        }
        return notes
    }
}
