/// A place of an image set where a rule does not hold.
public struct Finding: Sendable, Hashable {
    /// The rule.
    public let rule: VerificationRule
    /// The image, or the file of the source; empty for the checkpoint as a whole. As the source names it, not escaped.
    public let image: String
    /// The entry in the image, counted from 0; nil if it is not about one entry.
    public let entry: Int?
    /// The byte offset in the image; nil if it is not about one place, or if the image cannot be read that far.
    public internal(set) var offset: Int?
    /// What is wrong, one sentence part for a person, without the place. Not escaped.
    public let explanation: String
}

/// How many findings of one rule in one image were left out, after the first ones.
public struct OmittedFindings: Sendable, Equatable {
    /// The rule.
    public let rule: VerificationRule
    /// The image.
    public let image: String
    /// How many.
    public let count: Int
}
