/// The registers of a thread as they were when it was frozen.
public struct RegisterSet: Sendable, Equatable {
    /// The processor.
    public let architecture: Architecture
    /// Whether the thread ran 32-bit code on a 64-bit x86 processor.
    public let isCompat: Bool
    /// The registers in groups, the general ones first. Groups that the processor lacks are left out.
    public let groups: [RegisterGroup]
    /// The address of the next instruction.
    public let instructionPointer: UInt64
    /// The stack pointer; missing if the image lists too few registers.
    public let stackPointer: Known<UInt64>
    /// The register of status flags; nil for processors without one.
    public let flags: Register?
    /// The address of thread-local data; missing if the image lists too few registers.
    public let threadPointer: Known<UInt64>
    /// The segments for thread-local data of 32-bit x86 programs.
    public let localSegments: [LocalSegment]
    /// The address that the kernel clears and wakes when the thread ends; 0 if none.
    public let clearThreadIDAddress: UInt64
    /// Where they were read.
    public let origin: Origin

    /// The general registers.
    public var general: [Register] { groups.first?.registers ?? [] }

    /// The register with a name; nil if there is none. Linear in the number of registers.
    public subscript(name: String) -> Register? {
        for group in groups {
            if let register = group.registers.first(where: { $0.name == name }) { return register }
        }
        return nil
    }
}

/// A segment for thread-local data in the global descriptor table of x86 (`struct user_desc`).
public struct LocalSegment: Sendable, Equatable {
    /// The index in the table.
    public let index: UInt32
    /// The address that the segment starts at.
    public let base: UInt32
    /// The largest offset, in bytes or pages.
    public let limit: UInt32
    /// Whether the limit counts pages of 4 KiB.
    public let isLimitInPages: Bool
    /// Whether code and stacks in it are 32-bit.
    public let is32Bit: Bool
    /// The type of the segment: 0 data, 1 data that grows down, 2 code, 3 conforming code.
    public let contents: Int
    /// Whether it cannot be written.
    public let isReadOnly: Bool
    /// Whether the entry is empty.
    public let isEmpty: Bool
    /// The bit left to the operating system.
    public let isUsable: Bool
}
