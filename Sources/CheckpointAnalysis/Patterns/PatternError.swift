/// A pattern that cannot be searched for.
public struct PatternError: Error, Sendable, Equatable {
    /// What is wrong, for a person.
    public let detail: String
}
