import CheckpointAnalysis
import CheckpointModel
import Testing

/// Stacks that are written by hand, without any call frame information.
@Suite("Stacks by frame pointers")
struct FrameChainTests {
    private static let base = MadeStack.stack.lowerBound

    /// A stack with some frames, 32 bytes apart, whose return addresses count up.
    private func chain(_ count: Int) -> MadeStack {
        var stack = MadeStack(
            instructionPointer: 0x40_0010, stackPointer: Self.base, framePointer: Self.base)
        for index in 0..<count {
            let frame = Self.base + UInt64(index) * 32
            stack[frame] = index == count - 1 ? 0 : frame + 32
            stack[frame + 8] = 0x40_0100 + UInt64(index)
        }
        return stack
    }

    @Test("A chain is followed to its end")
    func wholeChain() throws {
        let walked = try chain(5).walk()
        #expect(walked.frames.map(\.address) == [0x40_0010] + (0..<5).map { 0x40_0100 + $0 })
        #expect(walked.frames.map(\.method) == [.registers] + Array(repeating: .framePointer, count: 5))
        #expect(walked.frames.map(\.stackPointer)[1...3] == [Self.base + 16, Self.base + 48, Self.base + 80])
        #expect(walked.end.reason == .endOfChain)
        #expect(walked.frames.allSatisfy { $0.module == nil && $0.function == nil && !$0.isSignalFrame })
    }

    @Test("Only as many frames are given as were asked for")
    func limit() throws {
        let walked = try chain(100).walk(limit: 10)
        #expect(walked.frames.count == 10 && walked.end.reason == .limit)
    }

    @Test("A chain that leads back ends", arguments: [0, 1, 2])
    func loop(_ target: UInt64) throws {
        var stack = chain(4)
        stack[Self.base + 64] = Self.base + target * 32
        let walked = try stack.walk()
        #expect(walked.frames.count == 4 && walked.end.reason == .noUnwindInformation)
    }

    @Test("A return address that is not in code ends the stack")
    func badReturnAddress() throws {
        var stack = chain(4)
        stack[Self.base + 40] = Self.base
        let walked = try stack.walk()
        #expect(walked.frames.count == 2 && walked.end.reason == .badReturnAddress)
        #expect(walked.end.detail.contains("0x7fff0000"))
    }

    @Test("A frame in memory that is not there ends the stack, and says where")
    func unreadable() throws {
        var stack = chain(4)
        stack[Self.base + 32] = MadeStack.stack.upperBound
        let walked = try stack.walk()
        #expect(walked.frames.count == 3 && walked.end.reason == .unreadable)
        #expect(walked.end.detail.contains("0x7fff4008"))
    }

    @Test("A frame pointer that does not point into the stack", arguments: [1, 0x10, 0x7FFF_0003, .max])
    func badPointer(_ pointer: UInt64) throws {
        let stack = MadeStack(instructionPointer: 0x40_0010, stackPointer: Self.base, framePointer: pointer)
        let walked = try stack.walk()
        #expect(walked.frames.count == 1 && walked.end.reason == .noUnwindInformation)
    }

    @Test("A function without a frame pointer: the first address on the stack that follows a call is a guess")
    func guess() throws {
        var stack = chain(3)
        stack.registers[20] = Self.base
        stack.registers[5] = Self.base + 64
        stack[Self.base + 8] = 0x40_1800
        stack[Self.base + 16] = 0x40_0500
        stack[Self.base] = 7
        let walked = try stack.walk()
        // The untouched page has no call.
        #expect(walked.frames.map(\.address) == [0x40_0010, 0x40_0500, 0x40_0102])
        #expect(walked.frames.map(\.method) == [.registers, .guess, .framePointer])
    }

    @Test("A handler of a signal: the kernel's frame is recognised by where the handler returns to")
    func signalFrame() throws {
        var stack = chain(1)
        let context = Self.base + 16
        stack[Self.base + 8] = 0x40_0800
        stack.handlers[11] = (0x40_0000, 4, 0x40_0800)
        // The stack pointer, instruction pointer and frame pointer that the signal struck, and what the handler was told.
        stack[context + 40 + 15 * 8] = Self.base + 0x1000
        stack[context + 40 + 16 * 8] = 0x40_0900
        stack[context + 40 + 10 * 8] = Self.base + 0x1000
        stack[context + 304] = 11
        stack[context + 312] = 1
        stack[context + 320] = 0xBAD0
        stack[Self.base + 0x1008] = 0x40_0A00
        let walked = try stack.walk()
        #expect(walked.frames.map(\.address) == [0x40_0010, 0x40_0800, 0x40_0900, 0x40_0A00])
        #expect(walked.frames.map(\.method) == [.registers, .framePointer, .signalContext, .framePointer])
        #expect(walked.frames.map(\.isSignalFrame) == [false, true, false, false])
        let handled = try #require(walked.handledSignals.first)
        let signal = try #require(handled.information.value)
        #expect(handled.frame == 1 && signal.signal.name == "SIGSEGV" && signal.codeName == "SEGV_MAPERR")
        #expect(signal.faultAddress == 0xBAD0)
    }

    @Test("What a handler did not ask to be told is not taken from the stack")
    func untold() throws {
        var stack = chain(1)
        stack[Self.base + 8] = 0x40_0800
        stack.handlers[11] = (0x40_0000, 0, 0x40_0800)
        stack[Self.base + 16 + 304] = 11
        let walked = try stack.walk()
        #expect(walked.handledSignals.map(\.frame) == [1])
        #expect(walked.handledSignals.first?.information.absence?.reason == .notRecorded)
    }
}
