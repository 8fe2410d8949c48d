public import EvidenceText

/// A time as an engine wrote it.
public enum EngineTime: Sendable, Hashable {
    /// As text, RFC 3339 as a rule.
    case text(ByteText)
    /// As nanoseconds since 1970.
    case nanoseconds(Int64)
}
