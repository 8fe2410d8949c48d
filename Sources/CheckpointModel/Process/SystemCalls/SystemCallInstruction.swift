/// The instruction that makes a system call, and where a thread stands to it.
struct SystemCallInstruction {
    /// Where a thread stands.
    enum Place {
        /// At the instruction, about to make the call.
        case at
        /// Behind the instruction.
        case behind
        /// Neither.
        case elsewhere
    }

    private let registers: RegisterSet

    init(_ registers: RegisterSet) {
        self.registers = registers
    }

    /// Where the thread stands; nil if the page that it stands on is not in the images.
    func place(in memory: ProcessMemory) -> Place? {
        let address = registers.instructionPointer
        guard let next = bytes(at: address, in: memory) else { return nil }
        if isCall(next) { return .at }
        guard address >= UInt64(size), let last = bytes(at: address - UInt64(size), in: memory) else { return nil }
        return isCall(last) ? .behind : .elsewhere
    }

    private func bytes(at address: UInt64, in memory: ProcessMemory) -> [UInt8]? {
        let (end, overflow) = address.addingReportingOverflow(UInt64(size))
        return overflow ? nil : memory.bytes(at: address..<end).value
    }

    private var isThumb: Bool {
        registers.architecture == .arm && (registers.flags?.value ?? 0) & 0x20 != 0
    }

    /// The size of the instruction in bytes.
    private var size: Int {
        registers.architecture == .x86_64 || registers.architecture == .s390 || isThumb ? 2 : 4
    }

    /// Whether bytes are such an instruction. All machines but s390x have them little-endian here.
    private func isCall(_ bytes: [UInt8]) -> Bool {
        let word = bytes.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        switch registers.architecture {
        // syscall, int 0x80, sysenter
        case .x86_64: return word == 0x050F || word == 0x80CD || word == 0x340F
        case .s390: return bytes.first == 0x0A
        case .arm: return isThumb ? word & 0xFF00 == 0xDF00 : word & 0x0F00_0000 == 0x0F00_0000
        case .aarch64: return word & 0xFFE0_001F == 0xD400_0001
        // sc, scv
        case .ppc64: return word == 0x4400_0002 || word == 0x4400_0001
        case .mips: return word & 0xFC00_003F == 0x0C
        case .loongarch64: return word & 0xFFFF_8000 == 0x002B_0000
        case .riscv64: return word == 0x0000_0073
        default: return false
        }
    }
}
