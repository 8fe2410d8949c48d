internal import CheckpointModel

/// A 64-bit task on x86.
struct X8664Core: CoreMachine {
    let target = ELFTarget(machine: 62)

    private static let order = [
        "r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi",
        "orig_rax", "rip", "cs", "rflags", "rsp", "ss", "fs_base", "gs_base", "ds", "es", "fs", "gs",
    ]

    func general(_ registers: RegisterValues) -> [UInt8] {
        block { $0.words(registers, X8664Core.order) }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        var notes = [
            ELFNote(.core, RegisterNote.floatingPoint, target) { $0.fxsave(registers) }
        ]
        if let xsave = XSaveArea(registers, target) { notes.append(ELFNote(.linux, RegisterNote.xstate, xsave.bytes)) }
        if registers["u_cet"] != 0 {
            notes.append(ELFNote(.linux, RegisterNote.x86ShadowStack, target) { $0.u64(registers["ssp"]) })
        }
        return notes
    }
}

/// A 32-bit task on x86: a core of i386.
struct I386Core: CoreMachine {
    let target = ELFTarget(machine: 3, is64Bit: false)
    let userIDSize = 2

    private static let order = [
        "ebx", "ecx", "edx", "esi", "edi", "ebp", "eax", "ds", "es", "fs", "gs", "orig_eax", "eip", "cs", "eflags",
        "esp", "ss",
    ]

    func general(_ registers: RegisterValues) -> [UInt8] {
        block { $0.words(registers, I386Core.order) }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        var notes = [
            ELFNote(.core, RegisterNote.floatingPoint, target) { $0.fsave(registers) },
            ELFNote(.linux, RegisterNote.prxfpreg, target) { $0.fxsave(registers) },
        ]
        if let xsave = XSaveArea(registers, target) { notes.append(ELFNote(.linux, RegisterNote.xstate, xsave.bytes)) }
        let segments = registers.set.localSegments
        if !segments.isEmpty {
            notes.append(
                ELFNote(.linux, RegisterNote.i386TLS, target) { out in
                    for segment in segments { out.localSegment(segment) }
                })
        }
        return notes
    }
}

extension ELFBytes {
    /// Appends `struct user_desc`.
    fileprivate mutating func localSegment(_ segment: LocalSegment) {
        let contents = UInt32(truncatingIfNeeded: segment.contents) & 3
        let flags: [(Bool, UInt32)] = [
            (segment.is32Bit, 1), (segment.isReadOnly, 8), (segment.isLimitInPages, 16), (segment.isEmpty, 32),
            (segment.isUsable, 64),
        ]
        u32(segment.index)
        u32(segment.base)
        u32(segment.limit)
        u32(flags.reduce(contents << 1) { $0 | ($1.0 ? $1.1 : 0) })
    }

    /// Appends the floating point registers as FXSAVE lays them out (512 bytes).
    mutating func fxsave(_ registers: RegisterValues) {
        for name in ["fcw", "fsw", "ftw", "fop"] { u16(UInt16(truncatingIfNeeded: registers[name])) }
        longs(registers, ["fip", "fdp"])
        for name in ["mxcsr", "mxcsr_mask"] { u32(UInt32(truncatingIfNeeded: registers[name])) }
        quads(registers, numbered("st", 0..<8) + numbered("xmm", 0..<16) + numbered("unused", 0..<6))
    }

    /// Appends the x87 registers as FSAVE lays them out (108 bytes).
    fileprivate mutating func fsave(_ registers: RegisterValues) {
        u32(0xFFFF_0000 | UInt32(registers["fcw"] & 0xFFFF))
        u32(0xFFFF_0000 | UInt32(registers["fsw"] & 0xFFFF))
        u32(0xFFFF_0000 | UInt32(x87Tags(registers)))
        u32(UInt32(truncatingIfNeeded: registers["fip"]))
        u32(UInt32(registers["cs"] & 0xFFFF) | UInt32(registers["fop"] & 0x7FF) << 16)
        u32(UInt32(truncatingIfNeeded: registers["fdp"]))
        u32(0xFFFF_0000 | UInt32(registers["ds"] & 0xFFFF))
        for name in numbered("st", 0..<8) {
            let words = registers.words(name, 0..<2)
            u64(words[0])
            u16(UInt16(truncatingIfNeeded: words[1]))
        }
    }
}

/// Two bits for each x87 register, by its place in the processor: 0 valid, 1 zero, 2 special, 3 empty. FXSAVE keeps only
/// whether each is empty; the rest follows from the contents, which it has in the order of the stack.
private func x87Tags(_ registers: RegisterValues) -> UInt16 {
    let top = Int(registers["fsw"] >> 11 & 7)
    return (0..<8).reduce(UInt16(0)) { tags, place in
        guard registers["ftw"] >> UInt64(place) & 1 != 0 else { return tags | 3 << UInt16(2 * place) }
        let words = registers.words("st\((place - top) & 7)", 0..<2)
        let tag: UInt16 =
            switch words[1] & 0x7FFF {
            case 0x7FFF: 2
            case 0: words[0] == 0 ? 1 : 2
            default: words[0] >> 63 != 0 ? 0 : 2
            }
        return tags | tag << UInt16(2 * place)
    }
}
