/// What is known of the classic BPF machine at an instruction of a seccomp filter.
struct BPFState: Equatable {
    /// What the accumulator holds.
    var accumulator: Field?
    /// The machine that the call is known to be of.
    var table: SystemCallTable?

    /// A word of what a filter judges (`struct seccomp_data`).
    enum Field: Equatable {
        case number
        case machine
        case instructionPointer(isUpper: Bool)
        /// A half of an argument; which half comes first depends on the machine's order of bytes.
        case argument(Int, isSecond: Bool)

        init?(offset: UInt32) {
            switch offset {
            case 0: self = .number
            case 4: self = .machine
            case 8, 12: self = .instructionPointer(isUpper: offset == 12)
            case 16..<64 where offset % 4 == 0: self = .argument(Int(offset - 16) / 8, isSecond: offset % 8 == 4)
            default: return nil
            }
        }

        var name: String {
            switch self {
            case .number: "nr"
            case .machine: "arch"
            case .instructionPointer(let isUpper): isUpper ? "instruction_pointer, second half" : "instruction_pointer"
            case .argument(let index, let isSecond): isSecond ? "args[\(index)], second half" : "args[\(index)]"
            }
        }
    }

    /// What is known whichever of two ways the program came.
    func merged(with other: BPFState) -> BPFState {
        BPFState(
            accumulator: accumulator == other.accumulator ? accumulator : nil,
            table: table == other.table ? table : nil)
    }

    /// Which instructions can come next, by how many are skipped, and what is known there.
    func after(_ instruction: BPFInstruction) -> [(skip: Int, state: BPFState)] {
        switch instruction.code & 7 {
        case 0:
            let field = instruction.code == 0x20 ? Field(offset: instruction.operand) : nil
            return [(0, BPFState(accumulator: field, table: table))]
        case 4: return [(0, BPFState(accumulator: nil, table: table))]
        case 5 where instruction.code & 0xF0 == 0: return [(Int(instruction.operand), self)]
        case 5:
            var yes = self
            if accumulator == .machine, instruction.code == 0x15 { yes.table = auditTable(instruction.operand) }
            return [(Int(instruction.skipIfTrue), yes), (Int(instruction.skipIfFalse), self)]
        case 6: return []
        case 7: return [(0, instruction.code == 0x87 ? BPFState(accumulator: nil, table: table) : self)]
        default: return [(0, self)]
        }
    }
}
