/// Something that holds of every image set that CRIU has written to its end, and that nobody has changed since.
public struct VerificationRule: Sendable {
    /// Its stable name, such as `pages/too-short`: what it is about, then what is wrong.
    public let id: String
    /// How bad it is if it does not hold.
    public let severity: Severity
    /// What it means that it does not hold, in a line.
    public let meaning: String
    /// How it is found, why it matters, and what can be behind it.
    public let explanation: String

    /// How bad a finding is.
    public enum Severity: String, Sendable, CaseIterable, Comparable {
        /// Something is missing or contradicts itself: what is told of the checkpoint, and a restore, lack it.
        case error
        /// Something that CRIU does not write: the images may have been changed, or be newer than this version.
        case warning
        /// Something that is rare, but can be.
        case note

        /// Worse severities come first.
        public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int { Severity.allCases.firstIndex(of: self) ?? 0 }
    }

    init(_ id: String, _ severity: Severity, _ meaning: String, _ explanation: String) {
        (self.id, self.severity, self.meaning, self.explanation) = (id, severity, meaning, explanation)
    }
}

extension VerificationRule: Hashable {
    /// Rules are told apart by their names.
    public static func == (left: VerificationRule, right: VerificationRule) -> Bool { left.id == right.id }

    /// By the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
