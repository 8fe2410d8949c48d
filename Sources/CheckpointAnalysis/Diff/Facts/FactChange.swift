public import CheckpointModel

/// A difference between two values.
public struct FactChange: Sendable {
    /// Where it is, from the outermost value on.
    public let path: [FactStep]
    /// What differences there are about; nil if no member on the path says so.
    public let topic: DifferenceTopic?
    /// What happened.
    public let kind: Kind
    /// The value before; nil if there was none.
    public let before: Fact?
    /// The value after; nil if there is none.
    public let after: Fact?
    /// The values in words, where a member of the record says them.
    public let words: (before: Fact?, after: Fact?)

    /// Names a difference.
    public init(
        path: [FactStep], topic: DifferenceTopic?, kind: Kind, before: Fact?, after: Fact?,
        words: (before: Fact?, after: Fact?)
    ) {
        (self.path, self.topic, self.kind) = (path, topic, kind)
        (self.before, self.after, self.words) = (before, after, words)
    }

    /// What happened to a value.
    public enum Kind: Sendable {
        /// It was not there before.
        case appeared
        /// It is not there after.
        case gone
        /// It is another.
        case changed
        /// One side does not know it, so that nobody can tell.
        case unknown(Side, Absence)
        /// Nothing: it is the same.
        case same
    }

    /// The sides of a comparison.
    public enum Side: String, Sendable {
        /// The first checkpoint.
        case before
        /// The second checkpoint.
        case after
    }
}

/// A step on the way to a value in others.
public enum FactStep: Sendable {
    /// A member of a record.
    case member(String)
    /// An element of a list, by the value that tells it from others, and its name in words if it has one.
    case key(Fact, words: Fact?)
    /// An element of a list, by its places on both sides, counted from 0; nil where a side does not have it.
    case place(before: Int?, after: Int?)
}
