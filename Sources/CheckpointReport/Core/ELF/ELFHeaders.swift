/// A stretch of an ELF file that is loaded at an address (`PT_LOAD`): data, then zeros.
struct ELFLoad: Sendable, Equatable {
    /// The address.
    let address: UInt64
    /// How many bytes are in the file.
    let fileSize: UInt64
    /// How many bytes are in memory; those behind the ones in the file are zero.
    let memorySize: UInt64
    /// The access rights (`PF_*`).
    let flags: UInt32
    /// Where the bytes are in the file.
    var fileOffset: UInt64 = 0
}

extension ELFTarget {
    var headerSize: Int { is64Bit ? 64 : 52 }
    var programHeaderSize: Int { is64Bit ? 56 : 32 }
    var sectionHeaderSize: Int { is64Bit ? 64 : 40 }
}

/// The number in `e_phnum` that says that the number of program headers is in the first section header (`PN_XNUM`).
private let manyHeaders = 0xFFFF

/// The headers of a core.
struct ELFHeaders {
    let target: ELFTarget
    /// How many program headers there are, with that of the notes.
    let count: Int
    /// Where the section header is, if there is one.
    let sectionOffset: UInt64

    /// Whether the number of program headers is too large for the header of the file.
    var needsSection: Bool { count >= manyHeaders }

    /// The header of the file.
    func header() -> [UInt8] {
        var out = ELFBytes(target)
        out.append([0x7F, 0x45, 0x4C, 0x46, target.is64Bit ? 2 : 1, target.isBigEndian ? 2 : 1, 1])
        out.zeros(9)
        out.u16(4)
        out.u16(target.machine)
        out.u32(1)
        out.word(0)
        out.word(UInt64(target.headerSize))
        out.word(needsSection ? sectionOffset : 0)
        out.u32(target.flags)
        out.u16(UInt16(target.headerSize))
        out.u16(UInt16(target.programHeaderSize))
        out.u16(UInt16(min(count, manyHeaders)))
        out.u16(needsSection ? UInt16(target.sectionHeaderSize) : 0)
        out.u16(needsSection ? 1 : 0)
        out.u16(0)
        return out.bytes
    }

    /// The section header that has the number of program headers.
    func section() -> [UInt8] {
        var out = ELFBytes(target)
        out.u32(0)
        out.u32(0)
        for _ in 0..<3 { out.word(0) }
        out.word(1)
        out.u32(0)
        out.u32(UInt32(clamping: count))
        out.word(0)
        out.word(0)
        return out.bytes
    }
}

extension ELFBytes {
    /// Appends the program header of the notes.
    mutating func notesHeader(offset: UInt64, size: UInt64) {
        programHeader(type: 4, flags: 0, offset: offset, address: 0, fileSize: size, memorySize: 0, alignment: 4)
    }

    /// Appends the program header of a stretch of memory.
    mutating func loadHeader(_ load: ELFLoad, alignment: UInt64) {
        programHeader(
            type: 1, flags: load.flags, offset: load.fileOffset, address: load.address, fileSize: load.fileSize,
            memorySize: load.memorySize, alignment: alignment)
    }

    private mutating func programHeader(
        type: UInt32, flags: UInt32, offset: UInt64, address: UInt64, fileSize: UInt64, memorySize: UInt64,
        alignment: UInt64
    ) {
        u32(type)
        if target.is64Bit { u32(flags) }
        word(offset)
        word(address)
        word(0)
        word(fileSize)
        word(memorySize)
        if !target.is64Bit { u32(flags) }
        word(alignment)
    }
}
