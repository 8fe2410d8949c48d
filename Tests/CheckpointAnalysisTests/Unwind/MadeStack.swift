import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import Foundation
import SystemPackage

/// A process of x86-64 with one thread, whose code and stack a test writes.
struct MadeStack {
    /// Two pages of code. The first is full of bytes that begin a call, so that any address in it can be returned to; the
    /// second was never touched.
    static let code: Range<UInt64> = 0x40_0000..<0x40_2000
    /// Four pages.
    static let stack: Range<UInt64> = 0x7FFF_0000..<0x7FFF_4000

    private var pages = [UInt8](repeating: 0, count: 0x4000)
    var registers: [UInt32: UInt64] = [:]
    /// The handlers of signals, by number: address, flags and restorer.
    var handlers: [Int: (UInt64, UInt64, UInt64)] = [:]

    init(instructionPointer: UInt64, stackPointer: UInt64, framePointer: UInt64) {
        registers = [17: instructionPointer, 20: stackPointer, 5: framePointer, 16: .max]
    }

    /// A word of the stack, to be set.
    subscript(_ address: UInt64) -> UInt64 {
        get { 0 }
        set {
            let start = Int(address - MadeStack.stack.lowerBound)
            withUnsafeBytes(of: newValue.littleEndian) { pages.replaceSubrange(start..<(start + 8), with: $0) }
        }
    }

    /// What is made of the stack.
    func walk(limit: Int = 100) throws -> ThreadStack {
        let folder = try ScratchFolder()
        try folder.write("inventory.img", ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 2)).bytes)
        let task = MessageBuilder().varint(1, 1).varint(2, 1).varint(3, 1).varint(4, 1).varint(5, 1)
        try folder.write("pstree.img", ImageBuilder(.pstree).entry(task).bytes)
        try folder.write("core-1.img", ImageBuilder(.core).entry(core).bytes)
        try folder.write("mm-1.img", ImageBuilder(.mm).entry(memory).bytes)
        let map = [MadeStack.code.lowerBound, MadeStack.stack.lowerBound].enumerated().reduce(
            ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1))
        ) { map, run in
            let count: UInt64 = run.offset == 0 ? 1 : 4
            return map.entry(MessageBuilder().varint(1, run.element).varint(2, count).varint(4, 4).varint(5, count))
        }
        try folder.write("pagemap-1.img", map.bytes)
        try folder.write("pages-1.img", Array(repeating: 0xE8, count: 4096) + pages)
        let checkpoint = try Checkpoint(path: FilePath(folder.path))
        return try walkFirst(checkpoint, limit)
    }

    private func walkFirst(_ checkpoint: Checkpoint, _ limit: Int) throws -> ThreadStack {
        let files = RootFiles(checkpoint, sysroot: nil)
        let options = ProcessBacktrace.Options(
            files: files, debugFiles: DebugFiles(folder: nil, sysroot: nil), frameLimit: limit)
        guard let process = checkpoint.process(1) else { throw MadeStackError(text: "there is no process 1") }
        switch ProcessBacktrace(process, in: checkpoint, options).threads[0].stack {
        case .value(let stack): return stack
        case .missing(let absence): throw MadeStackError(text: absence.detail)
        }
    }

    private var core: MessageBuilder {
        let general = (1...27).reduce(MessageBuilder()) { $0.varint(UInt32($1), registers[UInt32($1)] ?? 0) }
        let floating = (1...8).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }
        let info = MessageBuilder().varint(1, 0).message(2, general).message(3, floating)
        var task = (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), $1 == 1 ? 1 : 0) }.text(6, "made")
        for number in (1...64) where number != 9 && number != 19 {
            let (address, flags, restorer) = handlers[number] ?? (0, 0, 0)
            task = task.message(
                15, MessageBuilder().varint(1, address).varint(2, flags).varint(3, restorer).varint(4, 0))
        }
        let thread = MessageBuilder().varint(1, 0).varint(2, 0)
        return MessageBuilder().varint(1, 1).message(2, info).message(3, task).message(5, thread)
    }

    private var memory: MessageBuilder {
        let bounds = (1...11).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }.varint(12, 1)
        let auxiliary = bounds.varint(13, 6).varint(13, 4096).varint(13, 0).varint(13, 0)
        return auxiliary.message(14, area(MadeStack.code, protection: 5))
            .message(14, area(MadeStack.stack, protection: 3))
    }

    private func area(_ addresses: Range<UInt64>, protection: UInt64) -> MessageBuilder {
        MessageBuilder().varint(1, addresses.lowerBound).varint(2, addresses.upperBound).varint(3, 0).varint(4, 0)
            .varint(5, protection).varint(6, 0x22).varint(7, 0x201).zigzag(8, -1)
    }
}

struct MadeStackError: Error {
    let text: String
}
