import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Forms {
    /// The registers of a thread.
    static let registers = Form<RegisterSet>.object(
        "registers", "The registers of a thread.",
        [
            .must("architecture", .string, "The processor.") {
                $0.architecture.name ?? "machine \($0.architecture.rawValue)"
            },
            .must("compat", .flag, "Whether the thread ran 32-bit code on a 64-bit processor.") { $0.isCompat },
            .must("ip", .hexadecimal.aside, "The address of the next instruction.") { $0.instructionPointer },
            .known("sp", .hexadecimal.aside, "The stack pointer.") { $0.stackPointer },
            .known("thread_pointer", .hexadecimal.aside, "The address of thread-local data.") { $0.threadPointer },
            .optional("flags", .hexadecimal.aside, "The status flags.") { $0.flags?.value },
            .must("clear_child_tid", .hexadecimal, "What the kernel clears when the thread ends; 0 for none.") {
                $0.clearThreadIDAddress
            },
            .must("groups", .list(registerGroup.aside), "All registers.") { $0.groups },
            .anchor("all", registerFacts),
            .must("local_segments", .list(localSegment), "Segments for thread-local data of 32-bit x86 programs.") {
                $0.localSegments
            },
        ])

    /// The registers as they are compared: of those that are parts of others, only the whole.
    @Sendable private static func registerFacts(_ registers: RegisterSet) -> Fact {
        let all = registers.groups.flatMap(\.registers)
        let names = Set(all.map(\.name))
        let wholes = all.filter { register in
            guard let wider = ["xmm": "ymm", "ymm": "zmm"][register.name.prefix(3)] else { return true }
            return !names.contains(wider + register.name.dropFirst(3))
        }
        let facts = wholes.map { register in
            Fact.record(
                FactRecord(
                    "register", isWhole: true,
                    [FactMember(registerName, .word(register.name)), FactMember(registerValue, .word(register.shown))]))
        }
        return .list(FactList(facts, .keys(["name"])))
    }

    private static let registerName = FactTraits("name")
    private static let registerValue = FactTraits("value")

    private static let registerGroup = Form<RegisterGroup>.object(
        "register_group", "Registers that belong together.",
        [
            .must("name", .string, "What they are.") { $0.name },
            .must("registers", .list(register), "The registers, in the order of the manuals.") { $0.registers },
        ]
    ).matched(by: "name")

    private static let register = Form<Register>.object(
        "register", "A register.",
        [
            .must("name", .string, "The name.") { $0.name },
            .must("bits", .integer, "The width in bits.") { $0.bits },
            .must("value", wideHexadecimal, "The content.") { $0.hexadecimal },
        ]
    ).matched(by: "name")

    /// A number of any width, its digits given without a prefix.
    private static let wideHexadecimal = Form<String>(
        .string("A number in hexadecimal, filled with zeros to its width.", pattern: "^0x[0-9a-f]+$"),
        { json, digits in json.value("0x" + digits) }, fact: FactMaker { digits, _ in .word("0x" + digits) })

    private static let localSegment = Form<LocalSegment>.object(
        "local_segment", "A segment for thread-local data.",
        [
            .must("index", .integer, "The index in the descriptor table.") { $0.index },
            .must("base", .hexadecimal, "The address that it starts at.") { $0.base },
            .must("limit", .hexadecimal, "The largest offset.") { $0.limit },
            .must("limit_in_pages", .flag, "Whether the limit counts pages of 4 KiB.") { $0.isLimitInPages },
            .must("is_32_bit", .flag, "Whether code and stacks in it are 32-bit.") { $0.is32Bit },
            .must("contents", .integer, "The type: 0 data, 1 data that grows down, 2 code, 3 conforming code.") {
                $0.contents
            },
            .must("read_only", .flag, "Whether it cannot be written.") { $0.isReadOnly },
            .must("empty", .flag, "Whether the entry is empty.") { $0.isEmpty },
            .must("usable", .flag, "The bit left to the operating system.") { $0.isUsable },
        ]
    ).matched(by: "index")
}

extension Register {
    /// The content with a prefix.
    fileprivate var shown: String { "0x" + hexadecimal }
}
