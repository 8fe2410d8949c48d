internal import CheckpointModel

/// Reads words of the memory of a process, as its machine has them.
struct MemoryWords: Sendable {
    private let space: AddressSpace
    private let machine: Machine

    init(_ space: AddressSpace, _ machine: Machine) {
        self.space = space
        self.machine = machine
    }

    /// The word at an address, or why it cannot be read.
    func word(at address: UInt64) -> Known<UInt64> {
        bytes(at: address, machine.wordSize).map(number)
    }

    /// A few bytes at an address, or why they cannot be read.
    func bytes(at address: UInt64, _ count: Int) -> Known<[UInt8]> {
        let (end, overflow) = address.addingReportingOverflow(UInt64(count))
        guard !overflow else { return .missing(Absence(.notApplicable, "no memory has such addresses")) }
        return space.bytes(in: address..<end)
    }

    /// A number from its bytes.
    func number(_ bytes: [UInt8]) -> UInt64 {
        (machine.isBigEndian ? bytes : bytes.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Whether code can be at an address.
    func isExecutable(_ address: UInt64) -> Bool {
        space.segment(at: address)?.protection.contains(.execute) == true
    }
}
