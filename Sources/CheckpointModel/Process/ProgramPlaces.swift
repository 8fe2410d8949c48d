public import EvidenceText

/// What tells the program of a process from others.
public struct ProgramPlaces: Sendable {
    /// Where its code begins.
    public let codeStart: UInt64
    /// Where its stack begins.
    public let stackStart: UInt64
    /// Where its arguments begin.
    public let argumentStart: UInt64
    /// The path of its file.
    public let executable: Known<ByteText>
}
