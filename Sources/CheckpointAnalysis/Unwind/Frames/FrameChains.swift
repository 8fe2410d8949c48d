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

    /// Where a chain leads.
    enum Step {
        /// To a caller.
        case caller(FrameRegisters)
        /// To its end, which a zero marks.
        case end
        /// Nowhere; the detail says why.
        case broken(String)
        /// To memory that cannot be read.
        case unreadable(Absence)
    }

    /// The caller of a frame.
    func caller(of frame: FrameRegisters) -> Step {
        let machine = frame.machine
        if machine.hasBackChain { return backChain(frame) }
        guard let chain = machine.frameChain else { return .broken("this machine has no chain of frame pointers") }
        guard let pointer = frame.framePointer else { return .broken("the frame pointer is not known") }
        if pointer == 0 { return .end }
        let stack = frame.stackPointer ?? 0
        guard pointer >= stack, pointer - stack <= FrameChains.frameLimit, pointer % UInt64(machine.wordSize) == 0
        else {
            return .broken("the frame pointer \(hexadecimal(pointer)) does not point into the stack")
        }
        return step(memory.word(at: offset(pointer, chain.returnAddress))) { address in
            step(memory.word(at: offset(pointer, chain.savedPointer))) { saved in
                let stack = offset(pointer, chain.stackPointer)
                return .caller(frame.caller(at: address, stackPointer: stack, framePointer: saved))
            }
        }
    }

    /// On 64-bit PowerPC each frame begins with the address of its caller's, which keeps the return address.
    private func backChain(_ frame: FrameRegisters) -> Step {
        guard let stack = frame.stackPointer else { return .broken("the stack pointer is not known") }
        return step(memory.word(at: stack)) { caller in
            if caller == 0 { return .end }
            guard caller > stack, caller - stack <= FrameChains.frameLimit, caller % 8 == 0 else {
                return .broken("the address \(hexadecimal(caller)) of the caller's frame does not point into the stack")
            }
            return step(memory.word(at: caller &+ 16)) {
                .caller(frame.caller(at: $0, stackPointer: caller, framePointer: nil))
            }
        }
    }

    private func step(_ word: Known<UInt64>, _ next: (UInt64) -> Step) -> Step {
        switch word {
        case .value(let word): next(word)
        case .missing(let absence): .unreadable(absence)
        }
    }

    private func offset(_ pointer: UInt64, _ offset: Int) -> UInt64 { pointer &+ UInt64(bitPattern: Int64(offset)) }

    /// What may be the caller of the innermost frame, or of one that a signal struck: of a function that keeps no frame
    /// pointer, or has not yet set it up, such as the C library's for system calls. Nil if nothing looks like it.
    func guess(_ frame: FrameRegisters) -> FrameRegisters? {
        guard let stack = frame.stackPointer else { return nil }
        if let link = frame.machine.link {
            // A link into the function itself is left over from a call that it made.
            guard let address = frame.values[link], !isNear(address, frame.instructionPointer),
                isReturnAddress(address, frame)
            else { return nil }
            return frame.caller(at: address, stackPointer: stack, framePointer: frame.framePointer)
        }
        let word = UInt64(frame.machine.wordSize)
        var limit = stack.addingOrMax(FrameChains.guessLimit)
        // Where both pointers are the same, the function has set up its frame and keeps nothing in it.
        if let pointer = frame.framePointer, pointer >= stack { limit = min(limit, pointer) }
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

    private func isNear(_ address: UInt64, _ other: UInt64) -> Bool {
        max(address, other) - min(address, other) < 1024
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
