internal import CheckpointModel

/// What the registers held in a frame, as far as it is known.
struct FrameRegisters: Sendable {
    /// Values by the numbers that DWARF has.
    var values: [Int: UInt64]
    /// The address of the next instruction.
    var instructionPointer: UInt64
    /// The machine.
    let machine: Machine

    init(_ machine: Machine, values: [Int: UInt64], instructionPointer: UInt64) {
        self.machine = machine
        self.values = values
        self.instructionPointer = instructionPointer
    }

    /// The registers of a thread.
    init(_ registers: RegisterSet, _ machine: Machine) {
        var byName: [String: UInt64] = [:]
        for group in registers.groups {
            for register in group.registers where byName[register.name] == nil {
                byName[register.name] = register.value
            }
        }
        var values: [Int: UInt64] = [:]
        for (number, name) in machine.registers { values[number] = byName[name] }
        self.init(machine, values: values, instructionPointer: registers.instructionPointer)
    }

    /// The stack pointer; nil if it is not known.
    var stackPointer: UInt64? { values[machine.stackPointer] }

    /// What the chain of frames has in its register; nil if there is no such chain.
    var framePointer: UInt64? { machine.frameChain.flatMap { values[$0.register] } }

    /// The same registers in a caller of which only some are known.
    func caller(at address: UInt64, stackPointer: UInt64, framePointer: UInt64?) -> FrameRegisters {
        var values = values
        values[machine.stackPointer] = stackPointer
        if let chain = machine.frameChain { values[chain.register] = framePointer }
        return FrameRegisters(machine, values: values, instructionPointer: address)
    }
}
