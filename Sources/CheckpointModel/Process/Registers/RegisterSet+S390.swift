internal import CRIUImages

extension RegisterSet {
    init(_ info: ThreadInfoS390, _ origin: Origin) {
        let registers = info.gpregs
        let mask = Register("psw_mask", registers.pswMask)
        let general =
            [mask, Register("psw_addr", registers.pswAddr)] + numberedRegisters("r", registers.gprs)
            + numberedRegisters("a", registers.acrs.map(UInt64.init), bits: 32)
            + [
                Register("orig_r2", registers.origGpr2),
                Register("system_call", UInt64(registers.systemCall), bits: 32),
            ]
        let floating = [Register("fpc", UInt64(info.fpregs.fpc), bits: 32)] + numberedRegisters("f", info.fpregs.fprs)
        self.init(
            architecture: .s390, isCompat: false,
            groups: [RegisterGroup("general", general), RegisterGroup("fp", floating)] + info.otherGroups,
            instructionPointer: registers.pswAddr, stackPointer: registers.gprs.known(15), flags: mask,
            threadPointer: registers.threadPointer, localSegments: [], clearThreadIDAddress: info.clearTidAddr,
            origin: origin)
    }
}

extension UserS390RegsEntry {
    /// The first two access registers, the high half first.
    fileprivate var threadPointer: Known<UInt64> {
        let halves = acrs.map(UInt64.init)
        return halves.known(1).map { halves[0] << 32 | $0 }
    }
}

extension ThreadInfoS390 {
    /// Vectors, guarded storage and runtime instrumentation, where the thread has them.
    fileprivate var otherGroups: [RegisterGroup] {
        var groups: [RegisterGroup] = []
        // The upper halves of the first 16 vectors are the floating point registers.
        let low = (vxrsLow?.regs ?? []).enumerated().map { index, half in
            Register("v\(index)", words: [half, index < fpregs.fprs.count ? fpregs.fprs[index] : 0], bits: 128)
        }
        let vectors = low + numberedPairs("v", vxrsHigh?.regs ?? [], from: 16, isHighFirst: true)
        if !vectors.isEmpty { groups.append(RegisterGroup("vector", vectors)) }
        for (name, block) in [("guarded-storage", gsCb), ("guarded-storage-broadcast", gsBc)] {
            if let block { groups.append(RegisterGroup(name, numberedRegisters("gs", block.regs))) }
        }
        if let riCb {
            let control = [Register("ri_on", UInt64(riCb.riOn), bits: 32)] + numberedRegisters("ri", riCb.regs)
            groups.append(RegisterGroup("runtime-instrumentation", control))
        }
        return groups
    }
}
