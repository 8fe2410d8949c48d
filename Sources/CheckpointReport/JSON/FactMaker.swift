import CheckpointAnalysis
import CheckpointModel

/// Makes of values what of them is compared.
struct FactMaker<Value>: Sendable {
    private let make: @Sendable (Value, DocumentPart) -> Fact

    /// Makes facts with a function, which gets a value and which parts of documents are compared.
    init(_ make: @escaping @Sendable (Value, DocumentPart) -> Fact) {
        self.make = make
    }

    func callAsFunction(_ value: Value, _ parts: DocumentPart) -> Fact { make(value, parts) }

    /// Makes facts of what a value holds.
    func of<Whole>(_ get: @escaping @Sendable (Whole) -> Value) -> FactMaker<Whole> {
        FactMaker<Whole> { whole, parts in make(get(whole), parts) }
    }

    /// Makes facts of what a value may lack.
    func known<Whole>(_ get: @escaping @Sendable (Whole) -> Known<Value>) -> FactMaker<Whole> {
        FactMaker<Whole> { whole, parts in
            switch get(whole) {
            case .value(let value): make(value, parts)
            case .missing(let absence): .missing(absence)
            }
        }
    }

    /// Makes facts of what a value has only where it applies.
    func optional<Whole>(_ get: @escaping @Sendable (Whole) -> Value?) -> FactMaker<Whole> {
        FactMaker<Whole> { whole, parts in get(whole).map { make($0, parts) } ?? .none }
    }

    /// Makes lists of facts.
    func list<Whole>(
        _ matching: FactList.Matching, _ visit: @escaping @Sendable (Whole, (Value) -> Void) -> Void
    ) -> FactMaker<Whole> {
        FactMaker<Whole> { whole, parts in
            var facts: [Fact] = []
            visit(whole) { facts.append(make($0, parts)) }
            return .list(FactList(facts, matching))
        }
    }
}
