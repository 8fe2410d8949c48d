/// Tells from its registers what a thread was doing.
struct ActivityFinder {
    private let registers: RegisterSet
    private let table: SystemCallTable
    /// Where the thread stands to the instruction that makes a call; nil if the instruction is not in the images.
    private let place: SystemCallInstruction.Place?

    init?(_ registers: RegisterSet, _ memory: ProcessMemory?) {
        guard let table = SystemCallTable(registers.architecture, isCompat: registers.isCompat) else { return nil }
        self.registers = registers
        self.table = table
        place = memory.flatMap { SystemCallInstruction(registers).place(in: $0) }
    }

    /// What the thread was doing.
    func activity() -> Known<ThreadActivity> {
        switch registers.architecture {
        case .x86_64: .value(x86())
        case .s390: .value(s390())
        case .arm: arm()
        case .ppc64: ppc64()
        case .aarch64: byInstruction(number: "x8", result: "x0")
        case .riscv64: byInstruction(number: "a7", result: "a0")
        case .loongarch64: byInstruction(number: "r11", result: "r4")
        case .mips: mips()
        default: .missing(.undecided)
        }
    }

    private func register(_ name: String) -> UInt64 { registers[name]?.value ?? 0 }

    private func call(_ number: UInt64, _ progress: SystemCall.Progress, isCertain: Bool = true) -> ThreadActivity {
        .systemCall(SystemCall(number: number, table: table, progress: progress, isCertain: isCertain))
    }

    /// `-EINTR`, by which CRIU ends the calls that it cannot have made again.
    private static let interrupted = UInt64(bitPattern: -4)

    /// The kernel keeps the number beside the result, or -1 for a thread that came from user mode.
    private func x86() -> ThreadActivity {
        let isCompat = registers.isCompat
        let original = register(isCompat ? "orig_eax" : "orig_rax")
        let result = register(isCompat ? "eax" : "rax")
        let isCall = isCompat ? Int32(truncatingIfNeeded: original) >= 0 : Int64(bitPattern: original) >= 0
        guard isCall else { return .userMode }
        let isInterrupted =
            isCompat ? UInt32(truncatingIfNeeded: result) == UInt32(bitPattern: -4) : result == Self.interrupted
        if isInterrupted { return call(original, .interrupted) }
        return call(original, result == original && place != .behind ? .restarts : .returned(result))
    }

    /// The kernel tells number and length of the instruction.
    private func s390() -> ThreadActivity {
        let system = register("system_call")
        guard system != 0 else { return .userMode }
        let result = register("r2")
        if result == Self.interrupted { return call(system & 0xFFFF, .interrupted) }
        return call(system & 0xFFFF, place == .at ? .restarts : place == .behind ? .returned(result) : .unknown)
    }

    /// The kernel keeps the first argument, or -1 for a thread that came from user mode, which is an argument too.
    private func arm() -> Known<ThreadActivity> {
        let number = register("r7")
        let result = register("r0")
        let original = register("orig_r0")
        if original == 0xFFFF_FFFF { return place == .at ? .value(call(number, .restarts)) : .value(.userMode) }
        if result == 0xFFFF_FFFC { return .value(call(number, .interrupted)) }
        return .value(call(number, result == original && place != .behind ? .restarts : .returned(result)))
    }

    /// CRIU clears the word that tells; results that only the kernel sees give a call away where CRIU left them.
    private func ppc64() -> Known<ThreadActivity> {
        let number = register("r0")
        let result = register("r3")
        let kernelOnly = [-512, -513, -514, -516].map { UInt64(bitPattern: Int64($0)) }
        // The older instruction has the error positive, and a flag set.
        let isFlagged = register("ccr") & 0x1000_0000 != 0
        if kernelOnly.contains(result) || isFlagged && kernelOnly.contains(0 &- result) {
            return .value(call(number, .restartsUnmoved))
        }
        let isInterrupted = result == Self.interrupted || isFlagged && result == 4
        if place == nil && !isInterrupted && result == register("orig_r3") && table.name(number) != nil {
            return .value(call(number, .restarts, isCertain: false))
        }
        return byInstruction(number: "r0", result: "r3", isInterrupted: isInterrupted)
    }

    /// The number is in the register of the result, until there is a result.
    private func mips() -> Known<ThreadActivity> {
        let number = register("v0")
        switch place {
        case .at: return .value(call(number, .restarts))
        case .elsewhere: return .value(.userMode)
        // Behind it the number is gone.
        case .behind: return .missing(.undecided)
        case nil:
            guard table.name(number) != nil else { return .missing(.undecided) }
            return .value(call(number, .restarts, isCertain: false))
        }
    }

    /// Nothing but the instruction tells a call from user mode. Without it, a number that is one makes a call likely.
    private func byInstruction(
        number name: String, result: String, isInterrupted: Bool? = nil
    ) -> Known<ThreadActivity> {
        let number = register(name)
        let isInterrupted = isInterrupted ?? (register(result) == Self.interrupted)
        switch place {
        case .at: return .value(call(number, .restarts))
        case .elsewhere: return .value(.userMode)
        case .behind: return .value(call(number, isInterrupted ? .interrupted : .returned(register(result))))
        case nil:
            guard table.name(number) != nil else { return .missing(.undecided) }
            return .value(call(number, isInterrupted ? .interrupted : .unknown, isCertain: false))
        }
    }
}

extension Absence {
    /// The registers do not tell, and the instruction that would is not in the images.
    static let undecided = Absence(.notRecorded, "the registers do not tell a system call from user mode")
}
