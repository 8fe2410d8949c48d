import CRIUImages
import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("Seccomp filters")
struct SeccompTests {
    /// The bytes of instructions: operation, two jumps, operand.
    private func program(_ instructions: [(UInt16, UInt8, UInt8, UInt32)], isBigEndian: Bool = false) -> [UInt8] {
        instructions.flatMap { code, yes, no, operand -> [UInt8] in
            let code = [UInt8(code & 0xFF), UInt8(code >> 8)]
            let operand = (0..<4).map { UInt8(truncatingIfNeeded: operand >> ($0 * 8)) }
            return isBigEndian ? code.reversed() + [yes, no] + operand.reversed() : code + [yes, no] + operand
        }
    }

    private func filter(_ program: [UInt8], previous: UInt64? = nil, flags: UInt64 = 0) -> MessageBuilder {
        let message = MessageBuilder().bytes(1, program)
        return (previous.map { message.varint(2, $0) } ?? message).varint(3, flags)
    }

    private func source(_ filters: [MessageBuilder], first: UInt64, machine: Machine = .x86) -> MemorySource {
        var source = MemorySource.task(machine, thread: .threadCore().varint(11, 2).varint(12, first))
        let entry = filters.reduce(MessageBuilder()) { $0.message(1, $1) }
        source["seccomp.img"] = ImageBuilder(.seccomp, byteOrder: machine == .s390 ? .big : .little).entry(entry)
        return source
    }

    private func lines(_ instructions: [(UInt16, UInt8, UInt8, UInt32)]) -> [String] {
        let program = instructions.map {
            BPFInstruction(code: $0, skipIfTrue: $1, skipIfFalse: $2, operand: $3)
        }
        return BPFDisassembler(program).lines
    }

    @Test("Names of calls where the machine is known, and only there")
    func names() {
        let text = lines([
            (0x20, 0, 0, 4), (0x15, 0, 3, 0xC000_003E), (0x20, 0, 0, 0), (0x15, 0, 1, 59), (0x06, 0, 0, 0x0005_0001),
            (0x20, 0, 0, 0), (0x15, 0, 1, 59), (0x06, 0, 0, 0), (0x06, 0, 0, 0x7FFF_0000),
        ])
        #expect(text[0].hasPrefix("0000  ld [4]") && text[0].hasSuffix("; arch"))
        #expect(text[1].hasPrefix("0001  jeq #0xc000003e, 0002, 0005") && text[1].hasSuffix("; AUDIT_ARCH_X86_64"))
        #expect(text[2].hasSuffix("; nr"))
        #expect(text[3].hasSuffix("; execve"))
        #expect(text[4].hasSuffix("; errno EPERM"))
        // Here the program comes from two ways, and on one of them the machine is another.
        #expect(text[6] == "0006  jeq #0x3b, 0007, 0008")
        #expect(text[7].hasSuffix("; kill thread") && text[8].hasSuffix("; allow"))
    }

    @Test("Every operation")
    func operations() {
        let text = lines([
            (0x20, 0, 0, 16), (0x28, 0, 0, 2), (0x30, 0, 0, 2), (0x40, 0, 0, 3), (0x00, 0, 0, 9), (0x60, 0, 0, 3),
            (0x80, 0, 0, 0), (0x01, 0, 0, 9), (0x61, 0, 0, 3), (0x81, 0, 0, 0), (0xB1, 0, 0, 3), (0x02, 0, 0, 3),
            (0x03, 0, 0, 3), (0x04, 0, 0, 1), (0x5C, 0, 0, 0), (0x84, 0, 0, 0), (0xA4, 0, 0, 7), (0x05, 0, 0, 0),
            (0x1D, 0, 0, 0), (0x25, 0, 0, 1), (0x35, 0, 0, 1), (0x45, 0, 0, 1), (0x07, 0, 0, 0), (0x87, 0, 0, 0),
            (0x16, 0, 0, 0),
        ]).map { $0.dropFirst(6).prefix { $0 != ";" } }.map { String($0).trimmedEnd }
        #expect(
            text == [
                "ld [16]", "ldh [2]", "ldb [2]", "ld [x + 3]", "ld #0x9", "ld M[3]", "ld len", "ldx #0x9", "ldx M[3]",
                "ldx len", "ldxb 4*([3]&0xf)", "st M[3]", "stx M[3]", "add #0x1", "and x", "neg", "xor #0x7",
                "ja 0018", "jeq x, 0019, 0019", "jgt #0x1, 0020, 0020", "jge #0x1, 0021, 0021",
                "jset #0x1, 0022, 0022", "tax", "txa", "ret a",
            ])
    }

    @Test("What the kernel would refuse is shown as it stands")
    func hostile() {
        #expect(lines([(0xFFFF, 1, 2, 3)]) == ["0000  unknown 0xffff, jt 1, jf 2, k 0x3"])
        #expect(lines([(0x05, 0, 0, .max)])[0].hasPrefix("0000  ja 4294967296 (behind the end)"))
        #expect(lines([(0x15, 200, 0, 1)])[0].contains("201 (behind the end), 1 (behind the end)"))
        #expect(lines([(0x06, 0, 0, 0), (0x06, 0, 0, 0)])[1].hasSuffix("; never reached"))
        #expect(lines([(0x06, 0, 0, 0x1234_0000)])[0].hasSuffix("; kill process (unknown action)"))
        #expect(lines([]) == [])
        // Every operation and jump there is.
        var all: [(UInt16, UInt8, UInt8, UInt32)] = (0...0x1FF).map { (UInt16($0), UInt8($0 & 0xFF), 255, 4) }
        all += [(0xF5, 0, 0, 0), (0xFFF7, 0, 0, 0)]
        #expect(lines(all).count == all.count)
    }

    @Test("A chain begins with the filter that was installed first")
    func chain() throws {
        let allow = program([(0x06, 0, 0, 0x7FFF_0000)])
        let source = source([filter(allow), filter(allow, previous: 0, flags: 3)], first: 1)
        let seccomp = try #require(try source.thread().seccomp.value)
        #expect(seccomp.filters.map(\.index) == [1, 0] && seccomp.mode.name == "filter")
        #expect(seccomp.filters[0].flagNames == ["SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_LOG"])
        #expect(source.open().seccompFilters.value?.count == 2)
    }

    @Test(
        "Chains that lead nowhere, or in circles",
        arguments: [
            ([nil], 7, [], "there is no seccomp filter 7"), ([1], 0, [0], "there is no seccomp filter 1"),
            ([1, 0], 0, [0, 1], "seccomp filter 0 comes after itself"),
            ([0], 0, [0], "seccomp filter 0 comes after itself"),
        ] as [([UInt64?], UInt64, [Int], String)])
    func badChains(_ previous: [UInt64?], _ first: UInt64, _ indices: [Int], _ fault: String) throws {
        let checkpoint = source(previous.map { filter([], previous: $0) }, first: first).open()
        let process = try #require(checkpoint.process(1))
        let thread = try #require(checkpoint.threads(of: process).first)
        #expect(thread.seccomp.value?.filters.map(\.index) == indices)
        #expect(checkpoint.damage.map(\.detail) == [fault])
        #expect(checkpoint.damage.map(\.code) == ["bad-seccomp"])
    }

    @Test("Big-endian programs, and bytes that make no instruction")
    func bigEndian() throws {
        let bytes = program([(0x15, 1, 2, 0x0102_0304)], isBigEndian: true) + [1, 2, 3]
        let found = try #require(try source([filter(bytes)], first: 0, machine: .s390).thread().seccomp.value)
        let expected = BPFInstruction(code: 0x15, skipIfTrue: 1, skipIfFalse: 2, operand: 0x0102_0304)
        #expect(found.filters.first?.program == [expected] && found.filters.first?.strayBytes == 3)
    }

    @Test("Other threads have the leader's filters where CRIU noted them so")
    func leader() throws {
        for (flags, mode) in [(1, 2), (0, 0)] as [(UInt64, Int32)] {
            var source = source([filter([], flags: flags)], first: 0)
            let tree = MessageBuilder().varint(1, 1).varint(2, 0).varint(3, 1).varint(4, 1).varint(5, 1).varint(5, 2)
            source["pstree.img"] = ImageBuilder(.pstree).entry(tree)
            source["core-2.img"] = ImageBuilder(.core).entry(MessageBuilder().varint(1, 1).message(5, .threadCore()))
            let checkpoint = source.open()
            let threads = checkpoint.threads(of: try #require(checkpoint.process(1)))
            #expect(threads.map { $0.seccomp.value?.mode.rawValue } == [2, mode])
            #expect(threads[1].seccomp.value?.isLeadersOwn == (mode == 2))
        }
    }

    @Test("Without a mode: not confined, if CRIU looked; strict; and what old versions wrote")
    func modes() throws {
        var source = MemorySource.task(.x86)
        #expect(try source.thread().seccomp.absence?.reason == .notRecorded)
        source["seccomp.img"] = ImageBuilder(.seccomp).entry(MessageBuilder())
        #expect(try source.thread().seccomp.value?.mode == .disabled)
        let strict = MemorySource.task(.x86, thread: .threadCore().varint(11, 1))
        #expect(try strict.thread().seccomp.value?.mode == .strict)
        var old = MemorySource.task(.x86, task: .taskCore().varint(11, 2).varint(12, 0))
        old["seccomp.img"] = ImageBuilder(.seccomp).entry(MessageBuilder().message(1, filter([])))
        #expect(try old.thread().seccomp.value?.filters.count == 1)
        let unknown = MemorySource.task(.x86, thread: .threadCore().varint(11, 77))
        #expect(try unknown.thread().seccomp.value?.mode.name == nil)
        let lost = MemorySource.task(.x86, thread: .threadCore().varint(11, 2).varint(12, 0)).open()
        #expect(lost.threads(of: try #require(lost.process(1))).first?.seccomp.absence?.reason == .noImage)
        #expect(lost.problems.map(\.image).contains("seccomp.img"))
    }
}

extension String {
    /// The text without blanks at its end.
    fileprivate var trimmedEnd: String {
        String(reversed().drop { $0 == " " }.reversed())
    }
}
