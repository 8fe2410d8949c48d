/// What a filter answers (`SECCOMP_RET_*`).
struct SeccompAction {
    /// The answer in words, with its data.
    let text: String

    init(_ value: UInt32) {
        let data = value & 0xFFFF
        switch value & 0xFFFF_0000 {
        case 0x8000_0000: text = "kill process"
        case 0x0000_0000: text = "kill thread"
        case 0x0003_0000: text = data == 0 ? "trap" : "trap \(data)"
        case 0x0005_0000: text = "errno " + (SeccompAction.errorNames[data] ?? String(data))
        case 0x7FC0_0000: text = "notify user"
        case 0x7FF0_0000: text = data == 0 ? "trace" : "trace \(data)"
        case 0x7FFC_0000: text = "log"
        case 0x7FFF_0000: text = "allow"
        default: text = "kill process (unknown action)"
        }
    }

    /// The errors that filters usually answer, whose numbers all machines share but for ENOSYS on MIPS (89).
    private static let errorNames: [UInt32: String] = [
        0: "0", 1: "EPERM", 2: "ENOENT", 5: "EIO", 9: "EBADF", 11: "EAGAIN", 12: "ENOMEM", 13: "EACCES", 14: "EFAULT",
        16: "EBUSY", 19: "ENODEV", 22: "EINVAL", 38: "ENOSYS",
    ]
}

/// The machines as the audit system numbers them (`AUDIT_ARCH_*`).
private let auditArchitectures: [UInt32: (name: String, table: SystemCallTable?)] = [
    0xC000_003E: ("AUDIT_ARCH_X86_64", .x86_64), 0x4000_0003: ("AUDIT_ARCH_I386", .i386),
    0x4000_0028: ("AUDIT_ARCH_ARM", .arm), 0xC000_00B7: ("AUDIT_ARCH_AARCH64", .generic),
    0xC000_0015: ("AUDIT_ARCH_PPC64LE", .ppc64), 0x8000_0015: ("AUDIT_ARCH_PPC64", .ppc64),
    0x8000_0016: ("AUDIT_ARCH_S390X", .s390x), 0x0000_0016: ("AUDIT_ARCH_S390", nil),
    0x4000_0008: ("AUDIT_ARCH_MIPSEL", .mips), 0x0000_0008: ("AUDIT_ARCH_MIPS", .mips),
    0xC000_0008: ("AUDIT_ARCH_MIPSEL64", .mips), 0x8000_0008: ("AUDIT_ARCH_MIPS64", .mips),
    0xE000_0008: ("AUDIT_ARCH_MIPSEL64N32", .mips), 0xA000_0008: ("AUDIT_ARCH_MIPS64N32", .mips),
    0xC000_00F3: ("AUDIT_ARCH_RISCV64", .generic), 0xC000_0102: ("AUDIT_ARCH_LOONGARCH64", .generic),
]

/// The name of a machine as the audit system numbers them; nil for one that is not known.
func auditArchitectureName(_ number: UInt32) -> String? { auditArchitectures[number]?.name }

/// The numbers of the system calls of such a machine; nil for one that is not known.
func auditTable(_ number: UInt32) -> SystemCallTable? { auditArchitectures[number]?.table }
