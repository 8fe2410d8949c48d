public import EvidenceText

/// A frame of a stack: a function that was called and had not returned.
public struct StackFrame: Sendable, Equatable {
    /// The address of the next instruction: in the innermost frame, and in one that a signal struck, that of the
    /// instruction itself; in others the address behind the call.
    public let address: UInt64
    /// The stack pointer; nil if it is not known.
    public let stackPointer: UInt64?
    /// How the frame was found.
    public let method: Method
    /// Whether the kernel made the frame to call a handler of a signal.
    public let isSignalFrame: Bool
    /// The module that has the address, as a place among ``ProcessBacktrace/modules``; nil if no module has it.
    public let module: Int?
    /// The function; nil if no symbol is known.
    public let function: FunctionPlace?
    /// The line of the source; nil if no debug information tells it.
    public let line: SourceLine?
    /// The calls at the address that the compiler replaced by the function's own code, the innermost first.
    public let inlined: [InlinedCall]

    /// How a frame was found.
    public enum Method: String, Sendable, CaseIterable {
        /// From the registers of the thread.
        case registers
        /// By call frame information of the frame below (DWARF).
        case callFrameInformation = "cfi"
        /// By the chain of frame pointers: no call frame information was there, and functions that keep no frame pointer
        /// are missing.
        case framePointer = "frame-pointer"
        /// From the registers that the kernel saved on the stack before it called a handler.
        case signalContext = "signal-context"
        /// Found on the stack or in the link register of a function without call frame information: a return address for
        /// all that can be told, and perhaps a stale one.
        case guess
    }
}

/// A place in a function.
public struct FunctionPlace: Sendable, Equatable {
    /// The name, as the source has it.
    public let name: ByteText
    /// The name, as the linker has it.
    public let symbol: ByteText
    /// How far the address is behind the function's start.
    public let offset: UInt64
}

/// A line of a source file.
public struct SourceLine: Sendable, Equatable {
    /// The path when the program was built.
    public let file: ByteText
    /// The number, from 1 on; 0 if the compiler did not tell.
    public let number: Int
}

/// A call that the compiler replaced by the code of the called function.
public struct InlinedCall: Sendable, Equatable {
    /// The name of the function.
    public let name: ByteText
    /// The line in it; nil if it is not known.
    public let line: SourceLine?
}
