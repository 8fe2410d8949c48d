/// An open file of a terminal. The terminal itself, with its settings, is a ``Terminal``.
public struct TerminalFile: Sendable, Hashable {
    /// The id of the terminal.
    public let terminalID: UInt32
    /// The id of the regular file that has the path; nil for external terminals and in old images.
    public let pathFileID: UInt32?
}
