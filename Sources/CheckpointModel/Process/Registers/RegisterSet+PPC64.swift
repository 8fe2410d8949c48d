internal import CRIUImages

extension RegisterSet {
    /// In a memory transaction, the registers of the moment are in groups of their own: what the others hold is how it
    /// was before.
    init(_ info: ThreadInfoPpc64, _ origin: Origin) {
        let registers = info.gpregs
        let inside = info.tmstate.map { $0.groups } ?? []
        self.init(
            architecture: .ppc64, isCompat: false,
            groups: [RegisterGroup("general", registers.general)]
                + vectorGroups(info.fpstate, info.vrstate, info.vsxstate, prefix: "") + inside,
            instructionPointer: registers.nip, stackPointer: registers.gpr.known(1),
            flags: Register("ccr", registers.ccr, bits: 32), threadPointer: registers.gpr.known(13), localSegments: [],
            clearThreadIDAddress: info.clearTidAddr, origin: origin)
    }
}

extension UserPpc64RegsEntry {
    fileprivate var general: [Register] {
        var registers =
            numberedRegisters("r", gpr) + [
                Register("nip", nip), Register("msr", msr), Register("orig_r3", origGpr3), Register("ctr", ctr),
                Register("lr", link), Register("xer", xer), Register("ccr", ccr, bits: 32), Register("trap", trap),
            ]
        for (name, value) in [("texasr", texasr), ("tfhar", tfhar), ("tfiar", tfiar)] {
            if let value { registers.append(Register(name, value)) }
        }
        return registers
    }
}

extension UserPpc64TmRegsEntry {
    fileprivate var groups: [RegisterGroup] {
        let general = gpregs.general.map { Register("tm_" + $0.name, words: $0.words, bits: $0.bits) }
        return [RegisterGroup("transaction", general)] + vectorGroups(fpstate, vrstate, vsxstate, prefix: "tm_")
    }
}

/// Floating point registers, Altivec vectors, and the VSX registers that have the former as upper halves.
private func vectorGroups(
    _ floating: UserPpc64FpstateEntry?, _ vectors: UserPpc64VrstateEntry?, _ vsx: UserPpc64VsxstateEntry?,
    prefix: String
) -> [RegisterGroup] {
    var groups: [RegisterGroup] = []
    if let values = floating?.fpregs {
        let control = values.dropFirst(32).map { Register(prefix + "fpscr", $0) }
        groups.append(RegisterGroup(prefix + "fp", numberedRegisters(prefix + "f", Array(values.prefix(32))) + control))
    }
    if let vectors {
        let control = numberedPairs(prefix + "vscr", Array(vectors.vrregs.dropFirst(64))).map {
            Register(prefix + "vscr", words: $0.words, bits: 128)
        }
        groups.append(
            RegisterGroup(
                prefix + "vmx",
                numberedPairs(prefix + "vr", Array(vectors.vrregs.prefix(64))) + control + [
                    Register(prefix + "vrsave", UInt64(vectors.vrsave), bits: 32)
                ]))
    }
    if let halves = vsx?.vsxregs {
        let upper = floating?.fpregs ?? []
        let registers = halves.enumerated().map { index, half in
            Register("\(prefix)vsr\(index)", words: [half, index < min(upper.count, 32) ? upper[index] : 0], bits: 128)
        }
        groups.append(RegisterGroup(prefix + "vsx", registers))
    }
    return groups
}
