internal import CheckpointModel

/// Recognises the frames that the kernel makes to call handlers of signals, and reads what it put into them.
struct SignalFrames: Sendable {
    private let registers: RegisterSet
    private let machine: Machine
    private let memory: MemoryWords
    private let actions: [SignalAction]
    /// Where handlers return to, to have the kernel put the program's registers back.
    private let restorers: Set<UInt64>

    init(_ registers: RegisterSet, _ machine: Machine, _ memory: MemoryWords, _ actions: [SignalAction]) {
        self.registers = registers
        self.machine = machine
        self.memory = memory
        self.actions = actions
        restorers = Set(actions.lazy.filter { $0.handler != nil && $0.restorer != 0 }.map(\.restorer))
    }

    /// Whether a handler returns to an address.
    func isRestorer(_ address: UInt64) -> Bool { restorers.contains(address) }

    /// How many bytes of `siginfo_t` matter at most.
    private static let informationSize = 128

    /// The registers of the program that the signal struck, of x86-64: other machines have call frame information for it
    /// in the vDSO, which is in the images.
    ///
    /// - Parameter frame: The registers in the kernel's frame, at its first instruction.
    /// - Returns: The registers; nil if the frame is not one, or cannot be read.
    func interrupted(_ frame: FrameRegisters) -> FrameRegisters? {
        guard machine.elfMachine == 62, isRestorer(frame.instructionPointer), let start = x86FrameStart(frame) else {
            return nil
        }
        let count = X86SignalFrame.registers.count + 1
        guard let bytes = memory.bytes(at: start &+ UInt64(X86SignalFrame.context), count * 8).value else { return nil }
        let words = (0..<count).map { memory.number(Array(bytes[($0 * 8)..<($0 * 8 + 8)])) }
        var values: [Int: UInt64] = [:]
        for (number, word) in zip(X86SignalFrame.registers, words) { values[number] = word }
        values[16] = words[count - 1]
        return FrameRegisters(machine, values: values, instructionPointer: words[count - 1])
    }

    /// What the kernel told the handler of the signal.
    ///
    /// - Parameter frame: The registers in the kernel's frame.
    func information(_ frame: FrameRegisters) -> Known<PendingSignal> {
        guard let address = informationAddress(frame) else {
            return .missing(Absence(.unsupported, "where this machine has it on the stack is not known"))
        }
        return memory.bytes(at: address, SignalFrames.informationSize).flatMap { bytes in
            guard let signal = PendingSignal(onStack: bytes, of: registers), wasTold(signal) else {
                return .missing(Absence(.notRecorded, "the handler did not ask to be told about its signal"))
            }
            return .value(signal)
        }
    }

    /// Without `SA_SIGINFO` the place holds whatever was on the stack before.
    private func wasTold(_ signal: PendingSignal) -> Bool {
        let flag: UInt64 = signal.signal.numbering == .mips ? 8 : 4
        return actions.contains {
            $0.signal.number == signal.signal.number && $0.handler != nil && $0.flags & flag != 0
        }
    }

    private func informationAddress(_ frame: FrameRegisters) -> UInt64? {
        guard let stack = frame.stackPointer else { return nil }
        switch machine.elfMachine {
        case 62: return x86FrameStart(frame).map { $0 &+ UInt64(X86SignalFrame.information) }
        case 183, 243: return stack
        // The handler's second argument.
        case 3: return memory.word(at: stack &+ 4).value
        default: return nil
        }
    }

    /// Where the kernel's frame begins: the handler has taken the address that it returned to off the stack.
    private func x86FrameStart(_ frame: FrameRegisters) -> UInt64? {
        frame.stackPointer.map { $0 &- UInt64(X86SignalFrame.afterReturn) }
    }
}
