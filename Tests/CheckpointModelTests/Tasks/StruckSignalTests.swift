import CRIUImages
import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("The signal that struck a process")
struct StruckSignalTests {
    /// The frame of SIGSEGV on the stack of a thread, whose stack pointer is 0x7000, and what can be wrong with it.
    private struct Stack {
        var restorer: UInt64 = 0x5050
        var address: Int = 0x7108
        var link: UInt64 = 0
        var floatingPoint: UInt64 = 0
        var maskBefore: UInt64 = 0
        var signal: UInt32 = 11
        /// The mask while the handler runs.
        var blocked: UInt64 = 1 << 10
        /// SA_RESTORER and SA_SIGINFO.
        var flags: UInt64 = 0x0400_0004

        var pages: [UInt8] {
            var bytes: [UInt8] = Array(repeating: 0, count: 0x2000)
            func put(_ offset: Int, _ value: UInt64) {
                for place in 0..<8 {
                    bytes[address - 0x7000 + offset + place] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(place)))
                }
            }
            put(0, restorer)
            put(16, link)
            put(232, floatingPoint)
            put(304, maskBefore)
            put(312, UInt64(signal))
            put(320, 1)
            put(328, 0x10)
            return bytes
        }
    }

    private static func information(_ signal: UInt8) -> MessageBuilder {
        MessageBuilder().bytes(1, [signal, 0, 0, 0, 0, 0, 0, 0, 1] + Array(repeating: 0, count: 119))
    }

    private func find(
        _ stack: Stack, forThread: [UInt8] = [], forProcess: [UInt8] = []
    ) throws -> StruckSignal? {
        func queue(_ signals: [UInt8]) -> MessageBuilder {
            signals.reduce(MessageBuilder()) { $0.message(1, Self.information($1)) }
        }
        // SIGKILL has no action, so that SIGSEGV has the tenth.
        let none = MessageBuilder().fields(from: 1, [0, 0, 0, 0])
        let action = MessageBuilder().fields(from: 1, [0x4000, stack.flags, 0x5050, 0])
        var task = MessageBuilder.taskCore(blocked: stack.blocked).message(10, queue(forProcess))
        for number in 0..<10 { task = task.message(15, number == 9 ? action : none) }
        var source = MemorySource.task(
            .x86, .x86(ax: 34, original: 34), task: task, thread: .threadCore().message(9, queue(forThread)))
        source["mm-1.img"] = ImageBuilder(.mm).entry(.memory(areas: [.area(0x7000, 0x9000)]))
        source.addPages([.run(0x7000, 2)], stack.pages)
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        let space = try #require(checkpoint.addressSpace(of: process).value)
        return StruckSignal.find(checkpoint.threads(of: process), checkpoint.details(of: process), space)
    }

    @Test("The frame of the handler that runs")
    func frame() throws {
        let found = try #require(try find(Stack()))
        #expect(found.threadID == 1 && found.frameAddress == 0x7108)
        #expect(found.information.signal.name == "SIGSEGV" && found.information.faultAddress == 0x10)
        #expect(found.information.codeName == "SEGV_MAPERR" && found.information.origin.image == "pages-1.img")
    }

    @Test("What is not the frame of a handler that runs is not taken for one")
    func noFrame() throws {
        let wrong: [(inout Stack) -> Void] = [
            { $0.restorer = 0x5051 }, { $0.address = 0x7100 }, { $0.link = 1 }, { $0.floatingPoint = 0x7000 },
            { $0.maskBefore = 1 << 4 }, { $0.signal = 12 }, { $0.blocked = 0 }, { $0.flags = 0x0400_0000 },
            { $0.address = 0x8E58 },
        ]
        for change in wrong {
            var stack = Stack()
            change(&stack)
            #expect(try find(stack) == nil, "\(stack)")
        }
    }

    @Test("A signal that may come again in its handler is not blocked there")
    func nested() throws {
        var stack = Stack()
        stack.flags |= 0x4000_0000
        stack.blocked = 0
        #expect(try find(stack)?.frameAddress == 0x7108)
    }

    @Test("A signal that waits has struck unless it is blocked; that of a handler goes before it")
    func waiting() throws {
        var stack = Stack()
        stack.restorer = 0
        stack.blocked = 1 << 6
        let own = try #require(try find(stack, forThread: [10, 11], forProcess: [6]))
        #expect(own.information.signal.number == 11 && own.frameAddress == nil && own.threadID == 1)
        #expect(try find(stack, forProcess: [10, 6])?.information.signal.name == "SIGABRT")
        #expect(try find(stack, forThread: [7], forProcess: [15]) == nil)
        #expect(try find(Stack(), forThread: [6])?.information.signal.number == 11)
    }

    @Test("In the dumps only the crashed programs were struck", arguments: KnownCheckpoint.names)
    func dumps(_ name: String) throws {
        for task in try KnownTask.all(of: name) {
            let checkpoint = try KnownCheckpoint.named(name).checkpoint
            let space = try #require(checkpoint.addressSpace(of: task.process).value)
            let found = StruckSignal.find(task.threads.map(\.details), task.details, space)
            #expect((found != nil) == name.hasPrefix("crash"), "\(task)")
            guard let found else { continue }
            #expect(found.threadID == task.process.pid && found.information.faultAddress == 0x10)
            // gdb saw the frame's stack pointer behind the return address.
            let frame: UInt64 = name == "crash" ? 0x7FFC_E1F2_41F8 : try #require(found.frameAddress)
            #expect(found.frameAddress == frame)
        }
    }
}
