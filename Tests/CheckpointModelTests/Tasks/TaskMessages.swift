import CRIUImages
import CheckpointTestSupport
import Testing

@testable import CheckpointModel

extension MessageBuilder {
    /// Appends numbers in fields that follow one another.
    func fields(from first: UInt32, _ values: [UInt64]) -> MessageBuilder {
        values.enumerated().reduce(self) { $0.varint(first + UInt32($1.offset), $1.element) }
    }

    /// Appends the elements of a repeated field.
    func list(_ field: UInt32, _ values: [UInt64]) -> MessageBuilder {
        values.reduce(self) { $0.varint(field, $1) }
    }

    /// What a core image says of a thread.
    static func threadCore() -> MessageBuilder { MessageBuilder().varint(1, 0).varint(2, 0) }

    /// What a core image says of a task, its name `task`.
    static func taskCore(state: UInt64 = 1, exitCode: UInt64 = 0, personality: UInt64 = 0, blocked: UInt64 = 0)
        -> MessageBuilder
    {
        MessageBuilder().varint(1, state).varint(2, exitCode).varint(3, personality).varint(4, 0).varint(5, blocked)
            .text(6, "task")
    }

    /// The credentials of root.
    static func credentials() -> MessageBuilder {
        MessageBuilder().fields(from: 1, Array(repeating: 0, count: 8)).varint(13, 0)
    }
}

/// The machines of core images, by their number, with the field that holds the registers.
enum Machine: UInt64 {
    case x86 = 1, arm, aarch64, ppc64, s390, mips, loongarch64, riscv64

    /// The field of the core entry.
    var field: UInt32 { [2, 6, 8, 9, 10, 11, 12, 13][Int(rawValue) - 1] }
}

extension MemorySource {
    /// A checkpoint of one process of one thread.
    ///
    /// - Parameters:
    ///   - machine: The machine.
    ///   - registers: The message with the registers.
    ///   - task: What the image says of the task.
    ///   - thread: What it says of the thread.
    ///   - code: What is in memory at 0x10000, zeros around it; nil for no memory.
    static func task(
        _ machine: Machine, _ registers: MessageBuilder? = nil, task: MessageBuilder = .taskCore(),
        thread: MessageBuilder = .threadCore(), code: [UInt8]? = nil
    ) -> MemorySource {
        var source = MemorySource()
        if let code {
            let pages = Array(repeating: 0, count: 4096) + code + Array(repeating: 0, count: 4096 - code.count)
            source.addMemory(.memory(areas: [.area(0xF000, 0x11000)]), runs: [.run(0xF000, 2)], pages: pages)
        } else {
            source.addProcesses([(1, 0)])
        }
        var core = MessageBuilder().varint(1, machine.rawValue)
        if let registers { core = core.message(machine.field, registers) }
        source["core-1.img"] = ImageBuilder(.core).entry(core.message(3, task).message(5, thread))
        return source
    }

    /// The only thread of the only process.
    func thread() throws -> ThreadDetails {
        let checkpoint = open()
        let process = try #require(checkpoint.process(1))
        return try #require(checkpoint.threads(of: process, memory: checkpoint.memory(of: process)).first)
    }

    /// The only process.
    func details() throws -> ProcessDetails {
        let checkpoint = open()
        return checkpoint.details(of: try #require(checkpoint.process(1)))
    }
}
