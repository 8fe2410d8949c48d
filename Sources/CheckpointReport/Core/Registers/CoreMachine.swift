internal import CheckpointModel

/// How the kernel of a machine writes the registers of a thread into a core.
///
/// Sizes and orders are those of the kernel's register sets (`user_regset_view`), which its cores and debuggers share.
protocol CoreMachine {
    var target: ELFTarget { get }
    /// The size of user ids in NT_PRPSINFO.
    var userIDSize: Int { get }
    /// The registers of NT_PRSTATUS (`elf_gregset_t`).
    func general(_ registers: RegisterValues) -> [UInt8]
    /// Notes with the other registers, in the kernel's order; those that the image does not have are left out.
    func others(_ registers: RegisterValues) -> [ELFNote]
}

extension CoreMachine {
    var userIDSize: Int { 4 }

    /// A block of registers in the machine's form.
    func block(_ write: (inout ELFBytes) -> Void) -> [UInt8] {
        var bytes = ELFBytes(target)
        write(&bytes)
        return bytes.bytes
    }
}

/// The machine of a process by the registers of a thread; nil for one that this version does not know.
///
/// - Parameter isCompat: Whether all threads run 32-bit code on a 64-bit x86 processor.
func coreMachine(_ registers: RegisterSet, isCompat: Bool) -> (any CoreMachine)? {
    switch registers.architecture {
    case .x86_64: isCompat ? I386Core() : X8664Core()
    case .arm: ARMCore()
    case .aarch64: AArch64Core()
    // The lowest bit of the machine state tells the order of bytes.
    case .ppc64: PPC64Core(isBigEndian: (registers["msr"]?.value ?? 1) & 1 == 0)
    case .s390: S390Core()
    case .mips: MIPSCore()
    case .loongarch64: LoongArchCore()
    case .riscv64: RISCVCore()
    default: nil
    }
}

/// The types of notes with registers, by the names that the kernel's headers have.
enum RegisterNote {
    static let floatingPoint: UInt32 = 2
    static let prxfpreg: UInt32 = 0x46E6_2B7F
    static let ppcVMX: UInt32 = 0x100
    static let ppcVSX: UInt32 = 0x102
    static let ppcTMGeneral: UInt32 = 0x108
    static let ppcTMFloating: UInt32 = 0x109
    static let ppcTMVMX: UInt32 = 0x10A
    static let ppcTMVSX: UInt32 = 0x10B
    static let ppcTMSpecial: UInt32 = 0x10C
    static let i386TLS: UInt32 = 0x200
    static let xstate: UInt32 = 0x202
    static let x86ShadowStack: UInt32 = 0x204
    static let s390SystemCall: UInt32 = 0x307
    static let s390VectorsLow: UInt32 = 0x309
    static let s390VectorsHigh: UInt32 = 0x30A
    static let s390GuardedStorage: UInt32 = 0x30B
    static let s390GuardedStorageBroadcast: UInt32 = 0x30C
    static let s390RuntimeInstrumentation: UInt32 = 0x30D
    static let armVFP: UInt32 = 0x400
    static let armTLS: UInt32 = 0x401
    static let armPACAddressKeys: UInt32 = 0x407
    static let armPACGenericKeys: UInt32 = 0x408
    static let armPACEnabledKeys: UInt32 = 0x40A
}
