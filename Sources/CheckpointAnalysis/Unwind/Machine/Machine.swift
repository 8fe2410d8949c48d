internal import CheckpointModel

/// What unwinding has to know of a processor.
struct Machine: Sendable {
    /// The registers that take part in unwinding: the number that DWARF has for each, and the name that the images have.
    let registers: [(number: Int, name: String)]
    /// The DWARF number of the stack pointer.
    let stackPointer: Int
    /// How frames are chained by a register; nil if they are not.
    let frameChain: FrameChain?
    /// The DWARF number of the register that holds the return address in a function that calls none; nil if it is always
    /// on the stack.
    let link: Int?
    /// Whether addresses have 64 bits.
    let is64Bit: Bool
    /// Whether numbers have the most significant byte first.
    let isBigEndian: Bool
    /// The number of the processor in ELF files (`EM_*`).
    let elfMachine: UInt16

    /// How many bytes an address has.
    var wordSize: Int { is64Bit ? 8 : 4 }

    /// Whether each frame begins with the address of its caller's, the outermost with zero: on 64-bit PowerPC.
    var hasBackChain: Bool { elfMachine == 21 }

    /// Where a frame has the address to return to, and the frame of its caller.
    struct FrameChain: Sendable {
        /// The DWARF number of the register that points to the frame.
        let register: Int
        /// Where the caller's frame pointer is, from where the register points.
        let savedPointer: Int
        /// Where the return address is.
        let returnAddress: Int
        /// How far above the caller's stack pointer is.
        let stackPointer: Int
    }

    /// The machine of a set of registers; nil for one that is not known.
    init?(_ registers: RegisterSet) {
        switch registers.architecture.name {
        case "x86_64": self = registers.isCompat ? .i386 : .x86_64
        case "aarch64": self = .aarch64
        case "arm": self = .arm
        case "ppc64": self = .ppc64
        case "s390x": self = .s390x
        case "riscv64": self = .riscv64
        case "loongarch64": self = .loongarch64
        case "mips": self = .mips
        default: return nil
        }
    }

    init(
        elfMachine: UInt16, _ registers: [(number: Int, name: String)], stackPointer: Int, frameChain: FrameChain?,
        link: Int? = nil, is64Bit: Bool = true, isBigEndian: Bool = false
    ) {
        self.registers = registers
        self.stackPointer = stackPointer
        self.frameChain = frameChain
        self.link = link
        self.is64Bit = is64Bit
        self.isBigEndian = isBigEndian
        self.elfMachine = elfMachine
    }
}

/// Names with numbers that count from the first one's.
private func numbered(_ names: [String], from first: Int = 0) -> [(number: Int, name: String)] {
    names.enumerated().map { (first + $0, $1) }
}

private func names(_ prefix: String, _ range: ClosedRange<Int>) -> [String] { range.map { "\(prefix)\($0)" } }

/// The numbers are those of the supplements to the ABI of each processor.
extension Machine {
    fileprivate static let x86_64 = Machine(
        elfMachine: 62,
        numbered(["rax", "rdx", "rcx", "rbx", "rsi", "rdi", "rbp", "rsp"] + names("r", 8...15) + ["rip"]),
        stackPointer: 7, frameChain: FrameChain(register: 6, savedPointer: 0, returnAddress: 8, stackPointer: 16))

    fileprivate static let i386 = Machine(
        elfMachine: 3, numbered(["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "eip"]), stackPointer: 4,
        frameChain: FrameChain(register: 5, savedPointer: 0, returnAddress: 4, stackPointer: 8), is64Bit: false)

    fileprivate static let aarch64 = Machine(
        elfMachine: 183, numbered(names("x", 0...30) + ["sp"]), stackPointer: 31,
        frameChain: FrameChain(register: 29, savedPointer: 0, returnAddress: 8, stackPointer: 16), link: 30)

    fileprivate static let arm = Machine(
        elfMachine: 40, numbered(names("r", 0...12) + ["sp", "lr", "pc"]), stackPointer: 13, frameChain: nil, link: 14,
        is64Bit: false)

    /// Each frame begins with the address of the caller's, which has the return address at 16.
    fileprivate static let ppc64 = Machine(
        elfMachine: 21, numbered(names("r", 0...31)) + [(65, "lr")], stackPointer: 1, frameChain: nil, link: 65)

    /// Functions may keep registers in floating point registers.
    fileprivate static let s390x = Machine(
        elfMachine: 22,
        numbered(names("r", 0...15))
            + numbered([0, 2, 4, 6, 1, 3, 5, 7, 8, 10, 12, 14, 9, 11, 13, 15].map { "f\($0)" }, from: 16),
        stackPointer: 15, frameChain: nil, link: 14, isBigEndian: true)

    fileprivate static let riscv64 = Machine(
        elfMachine: 243,
        numbered(
            ["ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1"] + names("a", 0...7) + names("s", 2...11)
                + names("t", 3...6), from: 1),
        stackPointer: 2, frameChain: FrameChain(register: 8, savedPointer: -16, returnAddress: -8, stackPointer: 0),
        link: 1)

    fileprivate static let loongarch64 = Machine(
        elfMachine: 258, numbered(names("r", 0...31)), stackPointer: 3,
        frameChain: FrameChain(register: 22, savedPointer: -16, returnAddress: -8, stackPointer: 0), link: 1)

    fileprivate static let mips = Machine(
        elfMachine: 8,
        numbered([
            "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "t0", "t1", "t2", "t3", "s0",
            "s1",
            "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp", "ra",
        ]), stackPointer: 29, frameChain: nil, link: 31)
}
