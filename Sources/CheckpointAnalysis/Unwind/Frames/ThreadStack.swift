public import CheckpointModel

/// The frames of a thread, and what stands in them.
public struct ThreadStack: Sendable {
    /// The frames, the innermost first.
    public let frames: [StackFrame]
    /// Why there are no more.
    public let end: StackEnd
    /// The signals whose handlers the thread was in, the innermost first.
    public let handledSignals: [HandledSignal]
}

/// A signal whose handler a thread was in.
public struct HandledSignal: Sendable {
    /// The place of the frame that the kernel made, among the thread's frames.
    public let frame: Int
    /// What the kernel told the handler.
    public let information: Known<PendingSignal>
}

/// Why a stack has no more frames.
public struct StackEnd: Sendable, Equatable {
    /// In a word.
    public let reason: Reason
    /// In a sentence part for a person.
    public let detail: String

    /// The sorts of reasons.
    public enum Reason: String, Sendable, CaseIterable {
        /// The last frame is the outermost: nothing called it.
        case outermost
        /// The chain of frames ends with a zero, as it does in the first function of a thread.
        case endOfChain = "end-of-chain"
        /// The last frame's module has no call frame information for it, and no chain of frame pointers leads on.
        case noUnwindInformation = "no-unwind-information"
        /// The memory that would tell cannot be read.
        case unreadable
        /// What should be a return address is no address of code.
        case badReturnAddress = "bad-return-address"
        /// The stack leads back to where it was.
        case loop
        /// There are more frames than were asked for.
        case limit
    }
}
