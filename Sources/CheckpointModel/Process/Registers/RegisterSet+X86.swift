internal import CRIUImages

extension RegisterSet {
    init(_ info: ThreadInfoX86, _ origin: Origin) {
        let registers = info.gpregs
        let isCompat = registers.mode == .compat
        let segments = info.tls.map(LocalSegment.init)
        self.init(
            architecture: .x86_64, isCompat: isCompat,
            groups: [
                RegisterGroup("general", isCompat ? registers.general32 : registers.general64),
                RegisterGroup("segments", registers.segments),
            ] + info.fpregs.groups,
            instructionPointer: registers.ip, stackPointer: .value(registers.sp),
            flags: Register(isCompat ? "eflags" : "rflags", registers.flags, bits: isCompat ? 32 : 64),
            threadPointer: isCompat ? segments.threadPointer(registers.gs) : .value(registers.fsBase),
            localSegments: segments, clearThreadIDAddress: info.clearTidAddr, origin: origin)
    }
}

extension UserX86RegsEntry {
    /// In the order in which debuggers print them.
    fileprivate var general64: [Register] {
        [
            Register("rax", ax), Register("rbx", bx), Register("rcx", cx), Register("rdx", dx), Register("rsi", si),
            Register("rdi", di), Register("rbp", bp), Register("rsp", sp), Register("r8", r8), Register("r9", r9),
            Register("r10", r10), Register("r11", r11), Register("r12", r12), Register("r13", r13),
            Register("r14", r14), Register("r15", r15), Register("rip", ip), Register("rflags", flags),
            Register("orig_rax", origAx),
        ]
    }

    /// The ones that 32-bit code has. CRIU leaves the others 0; where one is not, it is kept.
    fileprivate var general32: [Register] {
        let own: [(String, UInt64)] = [
            ("eax", ax), ("ebx", bx), ("ecx", cx), ("edx", dx), ("esi", si), ("edi", di), ("ebp", bp), ("esp", sp),
            ("eip", ip), ("eflags", flags), ("orig_eax", origAx),
        ]
        let others = [r8, r9, r10, r11, r12, r13, r14, r15].enumerated().filter { $1 != 0 }
        return own.map { Register($0, $1, bits: 32) } + others.map { Register("r\($0 + 8)", $1) }
    }

    fileprivate var segments: [Register] {
        [("cs", cs), ("ss", ss), ("ds", ds), ("es", es), ("fs", fs), ("gs", gs)].map { Register($0, $1, bits: 16) }
            + [Register("fs_base", fsBase), Register("gs_base", gsBase)]
    }
}

extension LocalSegment {
    fileprivate init(_ entry: UserDescT) {
        self.init(
            index: entry.entryNumber, base: entry.baseAddr, limit: entry.limit, isLimitInPages: entry.limitInPages,
            is32Bit: entry.seg32bit, contents: (entry.contentsH ? 2 : 0) + (entry.contentsL ? 1 : 0),
            isReadOnly: entry.readExecOnly, isEmpty: entry.segNotPresent, isUsable: entry.usable)
    }
}

extension Array where Element == LocalSegment {
    /// The start of the segment that a selector names: 32-bit programs have theirs in GS.
    fileprivate func threadPointer(_ selector: UInt64) -> Known<UInt64> {
        guard let segment = first(where: { UInt64($0.index) == selector >> 3 && !$0.isEmpty }) else {
            return .missing(Absence(.notRecorded, "GS selects none of the segments in the image"))
        }
        return .value(UInt64(segment.base))
    }
}
