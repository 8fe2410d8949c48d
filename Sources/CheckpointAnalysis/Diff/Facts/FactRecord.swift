/// Values with names.
public struct FactRecord: Sendable {
    /// What the record is of: `limit`, `thread`. Records of one kind have the same members in the same order.
    public let kind: String
    /// Whether it is told as one value, since its members say little alone.
    public let isWhole: Bool
    /// The members.
    public let members: [FactMember]

    /// Makes a record.
    public init(_ kind: String, isWhole: Bool = false, _ members: [FactMember]) {
        self.kind = kind
        self.isWhole = isWhole
        self.members = members
    }

    /// The value of a member; nil if there is no such member. Linear in their number.
    public subscript(key: String) -> Fact? { members.first { $0.traits.key == key }?.value }
}

/// A value with its name.
public struct FactMember: Sendable {
    /// What all members of this name have in common.
    public let traits: FactTraits
    /// The value.
    public let value: Fact

    /// Makes a member.
    public init(_ traits: FactTraits, _ value: Fact) {
        self.traits = traits
        self.value = value
    }
}

/// What the members of one name of a kind of records have in common.
public final class FactTraits: Sendable {
    /// The name.
    public let key: String
    /// What differences in it are about; nil for what the record as a whole is about.
    public let topic: DifferenceTopic?
    /// The name of the member that this one puts into words, or nothing if it follows from several; nil if it has a value of
    /// its own. Only values of their own are compared.
    public let wordsOf: String?

    /// Makes traits.
    public init(_ key: String, topic: DifferenceTopic? = nil, wordsOf: String? = nil) {
        self.key = key
        self.topic = topic
        self.wordsOf = wordsOf
    }
}
