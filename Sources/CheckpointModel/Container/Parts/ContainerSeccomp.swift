public import EvidenceText

/// A filter of system calls, as an engine described it. What was in force is in the images.
public struct ContainerSeccomp: Sendable {
    /// What happens to a call that no rule is for.
    public let defaultAction: Known<ByteText>
    /// The architectures that it is for.
    public let architectures: Known<[ByteText]>
    /// How many rules it has; a rule names one or more calls.
    public let ruleCount: Known<Int>
    /// For each action of the rules how many calls they name, sorted by action.
    public let calls: [Calls]

    /// How many calls have an action.
    public struct Calls: Sendable, Equatable {
        /// The action: `SCMP_ACT_ALLOW`.
        public let action: ByteText
        /// The number of names in rules with that action.
        public let count: Int
    }
}
