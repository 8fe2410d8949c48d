/// A side of a comparison.
public enum MemorySide: UInt8, Sendable, Hashable {
    /// The first of the two that are compared.
    case before
    /// The second of the two that are compared.
    case after
    /// Both.
    case both
}
