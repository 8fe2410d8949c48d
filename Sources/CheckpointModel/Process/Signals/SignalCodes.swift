/// The name of an `si_code`; nil for one that no name is known for. The names are those of the kernel's headers.
func signalCodeName(_ code: Int32, _ signal: Signal) -> String? {
    if code <= 0 || code == 0x80 { return commonCodes(signal.numbering)[code] }
    guard let names = ownCodes[signal.name], Int(code) <= names.count else { return nil }
    return names[Int(code) - 1]
}

/// What any signal can have. MIPS has three of them in another order.
private func commonCodes(_ numbering: SignalNumbering) -> [Int32: String] {
    let others = ["SI_TIMER", "SI_MESGQ", "SI_ASYNCIO"]
    let codes: [Int32] = numbering == .mips ? [-3, -4, -2] : [-2, -3, -4]
    return Dictionary(uniqueKeysWithValues: zip(codes, others)).merging([
        0: "SI_USER", 0x80: "SI_KERNEL", -1: "SI_QUEUE", -5: "SI_SIGIO", -6: "SI_TKILL", -7: "SI_DETHREAD",
        -60: "SI_ASYNCNL",
    ]) { first, _ in first }
}

/// What single signals have, from 1 on.
private let ownCodes: [String: [String]] = [
    "SIGILL": [
        "ILL_ILLOPC", "ILL_ILLOPN", "ILL_ILLADR", "ILL_ILLTRP", "ILL_PRVOPC", "ILL_PRVREG", "ILL_COPROC", "ILL_BADSTK",
        "ILL_BADIADDR", "ILL_BREAK", "ILL_BNDMOD",
    ],
    "SIGFPE": [
        "FPE_INTDIV", "FPE_INTOVF", "FPE_FLTDIV", "FPE_FLTOVF", "FPE_FLTUND", "FPE_FLTRES", "FPE_FLTINV", "FPE_FLTSUB",
        "FPE_DECOVF", "FPE_DECDIV", "FPE_DECERR", "FPE_INVASC", "FPE_INVDEC", "FPE_FLTUNK", "FPE_CONDTRAP",
    ],
    "SIGSEGV": [
        "SEGV_MAPERR", "SEGV_ACCERR", "SEGV_BNDERR", "SEGV_PKUERR", "SEGV_ACCADI", "SEGV_ADIDERR", "SEGV_ADIPERR",
        "SEGV_MTEAERR", "SEGV_MTESERR", "SEGV_CPERR",
    ],
    "SIGBUS": ["BUS_ADRALN", "BUS_ADRERR", "BUS_OBJERR", "BUS_MCEERR_AR", "BUS_MCEERR_AO"],
    "SIGTRAP": ["TRAP_BRKPT", "TRAP_TRACE", "TRAP_BRANCH", "TRAP_HWBKPT", "TRAP_UNK", "TRAP_PERF"],
    "SIGCHLD": ["CLD_EXITED", "CLD_KILLED", "CLD_DUMPED", "CLD_TRAPPED", "CLD_STOPPED", "CLD_CONTINUED"],
    "SIGIO": ["POLL_IN", "POLL_OUT", "POLL_MSG", "POLL_ERR", "POLL_PRI", "POLL_HUP"],
    "SIGSYS": ["SYS_SECCOMP", "SYS_USER_DISPATCH"],
    "SIGEMT": ["EMT_TAGOVF"],
]
