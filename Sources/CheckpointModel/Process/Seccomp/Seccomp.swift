/// How the system calls of a thread are confined.
public struct Seccomp: Sendable, Equatable {
    /// The mode.
    public let mode: Mode
    /// The filters, the one installed first in front. The kernel asks all of them, and the strictest answer counts.
    public let filters: [SeccompFilter]
    /// Whether the image has no mode of the thread's own, but filters of the leader that CRIU noted all threads to have.
    public let isLeadersOwn: Bool
    /// Where it was read.
    public let origin: Origin

    /// A mode of confinement.
    public struct Mode: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: Int32

        /// Wraps a number, known or not.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// Not confined.
        public static let disabled = Mode(rawValue: 0)
        /// Only `read`, `write`, `_exit` and `sigreturn` are allowed.
        public static let strict = Mode(rawValue: 1)
        /// Filters judge each call.
        public static let filter = Mode(rawValue: 2)

        /// A word for the mode, or nil for a number without a name.
        public var name: String? { [0: "disabled", 1: "strict", 2: "filter"][rawValue] }
    }
}

/// A seccomp filter: a program of the classic BPF machine that judges each system call.
public struct SeccompFilter: Sendable, Equatable {
    /// Its place in seccomp.img, by which threads and other filters name it.
    public let index: Int
    /// How it was installed (`SECCOMP_FILTER_FLAG_*`). CRIU adds `TSYNC` to the filters of a process whose threads all
    /// have the same, however they were installed.
    public let flags: UInt32
    /// The program.
    public let program: [BPFInstruction]
    /// How many bytes of the image do not make a whole instruction; 0 unless the image is at fault.
    public let strayBytes: Int
    /// Where it was read.
    public let origin: Origin

    /// The names of the flags, bits without a name last in hexadecimal.
    public var flagNames: [String] { SeccompFilter.table.names(flags) }

    private static let table = BitNames(
        ["TSYNC", "LOG", "SPEC_ALLOW", "NEW_LISTENER", "TSYNC_ESRCH", "WAIT_KILLABLE_RECV"].enumerated().map {
            (1 << UInt64($0), "SECCOMP_FILTER_FLAG_" + $1)
        })

    /// The program as text, one line for each instruction.
    ///
    /// - Complexity: Linear in the number of instructions.
    public var disassembly: [String] { BPFDisassembler(program).lines }
}

/// An instruction of the classic BPF machine (`struct sock_filter`).
public struct BPFInstruction: Sendable, Equatable {
    /// The operation.
    public let code: UInt16
    /// How many instructions are skipped if a comparison holds.
    public let skipIfTrue: UInt8
    /// How many instructions are skipped if a comparison does not hold.
    public let skipIfFalse: UInt8
    /// The operand.
    public let operand: UInt32
}
