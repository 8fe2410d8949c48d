/// A fault planted in a bundled checkpoint, and the finding that must come of it.
struct RuleCase: Sendable, CustomStringConvertible {
    /// The rule that must fail.
    let rule: String
    /// The checkpoint that is broken.
    let scenario: String
    /// The image that the finding must name.
    let image: String
    /// The entry that it must name.
    let entry: Int?
    /// The byte offset that it must name.
    let offset: Offset
    /// The other rules that fail with it, since one fault breaks them too.
    let others: [String]
    /// Plants the fault.
    let plant: @Sendable (BrokenSet) throws -> Void

    enum Offset: Sendable {
        case none
        /// That of the entry, by the size words.
        case entry
        case at(Int)
        /// So far behind the beginning of the entry.
        case entryPlus(Int)
        /// That of one of the areas of the entry.
        case area(Int)
    }

    init(
        _ rule: String, _ scenario: String, _ image: String, entry: Int? = nil, _ offset: Offset = .none,
        others: [String] = [], _ plant: @escaping @Sendable (BrokenSet) throws -> Void
    ) {
        (self.rule, self.scenario, self.image, self.entry) = (rule, scenario, image, entry)
        (self.offset, self.others, self.plant) = (offset, others, plant)
    }

    var description: String { "\(rule) in \(scenario)" }

    /// All faults.
    static let all = images + encodings + tree + areas + pages + files + sockets + dump + model
}
