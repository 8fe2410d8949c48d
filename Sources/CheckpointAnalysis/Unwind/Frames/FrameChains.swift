internal import CheckpointModel

/// Finds callers without call frame information: by the chain of frame pointers, and, where the innermost function keeps
/// none, by what looks like a return address.
struct FrameChains: Sendable {
    private let memory: MemoryWords
    /// How large a frame may be.
    private static let frameLimit: UInt64 = 256 << 20
    /// How far above the stack pointer a return address is looked for.
    private static let guessLimit: UInt64 = 512

    init(_ memory: MemoryWords) {
        self.memory = memory
    }

    /// The caller of a frame, or why the chain does not lead to one.
    func caller(of frame: FrameRegisters) -> Known<FrameRegisters> {
        let machine = frame.machine
        if machine.elfMachine == 21 { return backChain(frame) }
        guard let chain = machine.frameChain else { return broken("this machine has no chain of frame pointers") }
        guard let pointer = frame.framePointer else { return broken("the frame pointer is not known") }
        let stack = frame.stackPointer ?? 0
        guard pointer >= stack, pointer - stack <= FrameChains.frameLimit, pointer % UInt64(machine.wordSize) == 0
        else {
            return broken("the frame pointer \(hexadecimal(pointer)) does not point into the stack")
        }
        return memory.word(at: offset(pointer, chain.returnAddress)).flatMap { address in
            memory.word(at: offset(pointer, chain.savedPointer)).map { saved in
                frame.caller(
                    at: address, stackPointer: offset(pointer, chain.stackPointer), framePointer: saved)
            }
        }
    }

    /// On 64-bit PowerPC each frame begins with the address of its caller's, which keeps the return address.
    private func backChain(_ frame: FrameRegisters) -> Known<FrameRegisters> {
        guard let stack = frame.stackPointer else { return broken("the stack pointer is not known") }
        return memory.word(at: stack).flatMap { caller in
            guard caller > stack, caller - stack <= FrameChains.frameLimit, caller % 8 == 0 else {
                return broken("the address \(hexadecimal(caller)) of the caller's frame does not point into the stack")
            }
            return memory.word(at: caller &+ 16).map { frame.caller(at: $0, stackPointer: caller, framePointer: nil) }
        }
    }

    private func broken(_ detail: String) -> Known<FrameRegisters> { .missing(Absence(.notApplicable, detail)) }

    private func offset(_ pointer: UInt64, _ offset: Int) -> UInt64 { pointer &+ UInt64(bitPattern: Int64(offset)) }

    /// What may be the caller of the innermost frame: of a function that keeps no frame pointer, such as the C library's
    /// for system calls. Nil if nothing looks like it.
    func guess(_ frame: FrameRegisters) -> FrameRegisters? {
        guard let stack = frame.stackPointer else { return nil }
        if let link = frame.machine.link {
            guard let address = frame.values[link], address != frame.instructionPointer, isReturnAddress(address, frame)
            else { return nil }
            return frame.caller(at: address, stackPointer: stack, framePointer: frame.framePointer)
        }
        let word = UInt64(frame.machine.wordSize)
        let limit = min(frame.framePointer ?? .max, stack.addingOrMax(FrameChains.guessLimit))
        var place = stack
        while place < limit {
            guard let address = memory.word(at: place).value else { return nil }
            if isReturnAddress(address, frame) {
                return frame.caller(at: address, stackPointer: place &+ word, framePointer: frame.framePointer)
            }
            place = place &+ word
        }
        return nil
    }

    /// Whether an address can follow a call: the code before it is one, or cannot be looked at.
    private func isReturnAddress(_ address: UInt64, _ frame: FrameRegisters) -> Bool {
        guard memory.isExecutable(address) else { return false }
        guard frame.machine.elfMachine == 62 || frame.machine.elfMachine == 3,
            let code = memory.bytes(at: address &- 7, 7).value
        else { return true }
        if code[2] == 0xE8 { return true }
        // An indirect call has from two to seven bytes, and a 2 in the middle of its second or later one.
        return (0...5).contains { code[$0] == 0xFF && (code[$0 + 1] >> 3) & 7 == 2 }
    }
}

/// A number as people write an address.
func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
