/// Writes programs of the classic BPF machine as text, in the style of the kernel's `bpf_dbg`.
///
/// A comparison of the system call's number has the name behind it, if the machine is known: from a comparison of the
/// machine before it. What the kernel would refuse is shown as it stands: unknown operations, jumps behind the end.
struct BPFDisassembler {
    private let program: [BPFInstruction]
    /// What is known before each instruction; nil for those that no way leads to.
    private let states: [BPFState?]

    init(_ program: [BPFInstruction]) {
        self.program = program
        states = BPFDisassembler.states(program)
    }

    /// One line for each instruction: its number, the operation, and what it means.
    var lines: [String] {
        program.indices.map { index in
            let text = padded(index) + "  " + operation(program[index], index)
            guard let note = note(program[index], states[index]) else { return text }
            return text + String(repeating: " ", count: max(40 - text.count, 2)) + "; " + note
        }
    }

    private func padded(_ index: Int) -> String {
        let digits = String(index)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }

    // MARK: Operations

    private func operation(_ instruction: BPFInstruction, _ index: Int) -> String {
        let code = instruction.code
        let text: String? =
            switch code & 7 {
            case 0: load(instruction, "ld")
            case 1: load(instruction, "ldx")
            case 2: code == 0x02 ? "st M[\(instruction.operand)]" : nil
            case 3: code == 0x03 ? "stx M[\(instruction.operand)]" : nil
            case 4: arithmetic(instruction)
            case 5: jump(instruction, index)
            case 6: code == 0x06 ? "ret #\(hexadecimal(instruction.operand))" : code == 0x16 ? "ret a" : nil
            default: code == 0x07 ? "tax" : code == 0x87 ? "txa" : nil
            }
        return text ?? "unknown \(hexadecimal(UInt32(code))), jt \(instruction.skipIfTrue), "
            + "jf \(instruction.skipIfFalse), k \(hexadecimal(instruction.operand))"
    }

    private func load(_ instruction: BPFInstruction, _ name: String) -> String? {
        let operand = instruction.operand
        let size = [0: "", 0x08: "h", 0x10: "b"][Int(instruction.code & 0x18)]
        guard let size, instruction.code & 0xFF00 == 0 else { return nil }
        switch instruction.code & 0xE0 {
        case 0x00: return size.isEmpty ? "\(name) #\(hexadecimal(operand))" : nil
        case 0x20: return name == "ld" ? "\(name)\(size) [\(operand)]" : nil
        case 0x40: return name == "ld" ? "\(name)\(size) [x + \(operand)]" : nil
        case 0x60: return size.isEmpty ? "\(name) M[\(operand)]" : nil
        case 0x80: return size.isEmpty ? "\(name) len" : nil
        case 0xA0: return name == "ldx" && size == "b" ? "ldxb 4*([\(operand)]&0xf)" : nil
        default: return nil
        }
    }

    private func arithmetic(_ instruction: BPFInstruction) -> String? {
        let names = ["add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor"]
        let number = Int(instruction.code >> 4)
        guard names.indices.contains(number) else { return nil }
        if names[number] == "neg" { return "neg" }
        return names[number] + (instruction.code & 8 != 0 ? " x" : " #\(hexadecimal(instruction.operand))")
    }

    private func jump(_ instruction: BPFInstruction, _ index: Int) -> String? {
        let names = ["ja", "jeq", "jgt", "jge", "jset"]
        let number = Int(instruction.code >> 4)
        guard names.indices.contains(number) else { return nil }
        if number == 0 { return "ja " + target(index, Int(instruction.operand)) }
        let operand = instruction.code & 8 != 0 ? "x" : "#\(hexadecimal(instruction.operand))"
        let yes = target(index, Int(instruction.skipIfTrue))
        let no = target(index, Int(instruction.skipIfFalse))
        return "\(names[number]) \(operand), \(yes), \(no)"
    }

    private func target(_ index: Int, _ skip: Int) -> String {
        let target = index + 1 + skip
        return target < program.count ? padded(target) : "\(target) (behind the end)"
    }

    private func hexadecimal(_ value: UInt32) -> String { "0x" + String(value, radix: 16) }

    // MARK: Meanings

    private func note(_ instruction: BPFInstruction, _ state: BPFState?) -> String? {
        guard let state else { return "never reached" }
        switch instruction.code {
        case 0x20: return BPFState.Field(offset: instruction.operand)?.name
        case 0x06: return SeccompAction(instruction.operand).text
        case 0x15, 0x25, 0x35:
            if state.accumulator == .machine { return auditArchitectureName(instruction.operand) }
            guard state.accumulator == .number, let table = state.table else { return nil }
            return table.name(UInt64(instruction.operand))
        default: return nil
        }
    }

    /// Follows the program, whose jumps only lead forward: once over it is enough.
    private static func states(_ program: [BPFInstruction]) -> [BPFState?] {
        var states: [BPFState?] = Array(repeating: nil, count: program.count)
        if !states.isEmpty { states[0] = BPFState() }
        func reach(_ index: Int, _ state: BPFState) {
            guard states.indices.contains(index) else { return }
            states[index] = states[index].map { $0.merged(with: state) } ?? state
        }
        for (index, instruction) in program.enumerated() {
            guard let state = states[index] else { continue }
            for (skip, next) in state.after(instruction) { reach(index + 1 + skip, next) }
        }
        return states
    }
}
