/// What the headers of an ELF file say: enough to tell which file it is, and where its parts are mapped.
public struct ELFHeader: Sendable, Equatable {
    /// Whether addresses have 64 bits.
    public let is64Bit: Bool
    /// Whether numbers have the most significant byte first.
    public let isBigEndian: Bool
    /// The sort of file (`ET_*`): 2 for a program at fixed addresses, 3 for one that can be anywhere and for libraries.
    public let type: UInt16
    /// The processor (`EM_*`).
    public let machine: UInt16
    /// The parts that are loaded (`PT_LOAD`), in the order of the file.
    public let loads: [Load]
    /// The build id (`NT_GNU_BUILD_ID`); empty if the file has none.
    public let buildID: [UInt8]
    /// The offset behind the last byte that headers speak of: a file that is shorter is cut off.
    public let extent: UInt64

    /// A part of the file that is loaded.
    public struct Load: Sendable, Equatable {
        /// Where it begins in the file.
        public let offset: UInt64
        /// The address that it is linked for.
        public let address: UInt64
        /// How many bytes of it are in the file.
        public let fileSize: UInt64
        /// How many bytes it has in memory.
        public let memorySize: UInt64
        /// The alignment of offset and address.
        public let alignment: UInt64
        /// Whether it can be run.
        public let isExecutable: Bool
    }
}
