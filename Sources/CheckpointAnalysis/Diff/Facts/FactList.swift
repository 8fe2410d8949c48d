/// Values in a row.
public struct FactList: Sendable {
    /// The values.
    public let elements: [Fact]
    /// Which element of one list is which of another.
    public let matching: Matching

    /// How the elements of two lists are matched.
    public enum Matching: Sendable {
        /// The lists are compared as a whole: few words or numbers that say one thing.
        case whole
        /// By their order: the longest common subsequence is the same, what lies between has come or gone.
        case order
        /// By their places, if the lists are as long as each other, since places have a meaning: registers, actions
        /// of signals. Else by their order.
        case place
        /// By members of the elements, which are records.
        case keys([String])
        /// By what stands before the first `=`, as in an environment.
        case name
    }

    /// Makes a list.
    public init(_ elements: [Fact], _ matching: Matching) {
        self.elements = elements
        self.matching = matching
    }
}
