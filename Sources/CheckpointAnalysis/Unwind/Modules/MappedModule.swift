public import CheckpointModel
public import EvidenceText

/// A program or library that a process has mapped to run.
public struct MappedModule: Sendable {
    /// The path, or `[vdso]`.
    public let name: ByteText
    /// From the first to the last address of its areas, what lies between them included.
    public let addresses: Range<UInt64>
    /// The build id that the images have; empty if they have none.
    public let recordedBuildID: [UInt8]
    /// Its ELF file, or why it is not read.
    public let file: Known<ModuleFile>

    /// The address in the file of an address in memory; of a module without its file the offset from its first area.
    public func address(of address: UInt64) -> UInt64 { address &- (file.value?.bias ?? addresses.lowerBound) }
}

/// The ELF file of a module.
public struct ModuleFile: Sendable {
    /// The file: the program itself, or, if only that was found, the file of its symbols.
    public let file: RootFile
    /// Why it is taken to be the one that was mapped.
    public let verification: FileVerification
    /// What its headers say.
    public let elf: ELFHeader
    /// What has to be added to the addresses in the file.
    public let bias: UInt64

    /// The address that the first part of the file is loaded at, and begins its page; nil if none is loaded.
    var start: UInt64? {
        elf.loads.first.map { ($0.address & (0 &- $0.alignment)) &+ bias }
    }
}
