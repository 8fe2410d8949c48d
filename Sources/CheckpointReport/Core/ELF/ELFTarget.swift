/// What an ELF file says of the machine that it is for.
struct ELFTarget: Sendable, Equatable {
    /// Whether addresses have 64 bits.
    let is64Bit: Bool
    /// The order of bytes in words.
    let isBigEndian: Bool
    /// The number of the machine (`e_machine`).
    let machine: UInt16
    /// What distinguishes machines of that number (`e_flags`).
    let flags: UInt32

    init(machine: UInt16, is64Bit: Bool = true, isBigEndian: Bool = false, flags: UInt32 = 0) {
        self.machine = machine
        self.is64Bit = is64Bit
        self.isBigEndian = isBigEndian
        self.flags = flags
    }

    /// The size of an address in bytes.
    var wordSize: Int { is64Bit ? 8 : 4 }
}
