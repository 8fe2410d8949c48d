/// A side of a comparison.
public enum MemorySide: UInt8, Sendable, Hashable {
    /// The first of the two that are compared.
    case before
    /// The second of the two that are compared.
    case after
    /// Both.
    case both

    /// The other side; both stay both.
    var mirrored: MemorySide {
        switch self {
        case .before: .after
        case .after: .before
        case .both: .both
        }
    }
}
