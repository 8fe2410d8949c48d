internal import EvidenceText

/// What tells an element of a list from others, in a form that can be looked up.
enum FactKey: Hashable {
    case none
    case flag(Bool)
    case number(UInt64, isNegative: Bool)
    case text(ByteText)
    case process(Int)
    /// A process of the first checkpoint that is none of the second, though its id is another's there.
    case lostProcess(Int)
    case several([FactKey])
    /// A value that nobody takes for a key: no two are the same.
    case unique(Int)
}

extension FactReferences {
    /// The keys of elements of the first checkpoint.
    func keysBefore(_ keys: [Fact]) -> [FactKey] {
        keys.enumerated().map { key($0.element, $0.offset, processBefore) }
    }

    /// The keys of elements of the second checkpoint.
    func keysAfter(_ keys: [Fact]) -> [FactKey] {
        // Distinct from those of the other side.
        keys.enumerated().map { key($0.element, -1 - $0.offset) { .process($0) } }
    }

    private func key(_ fact: Fact, _ place: Int, _ process: (Int) -> FactKey) -> FactKey {
        switch fact {
        case .none, .missing: .none
        case .flag(let flag): .flag(flag)
        case .number(let number): .number(number.magnitude, isNegative: number.isNegative)
        case .word(let word): .text(ByteText(word))
        case .text(let text): .text(text)
        case .process(let id): process(id)
        case .list(let list): .several(list.elements.map { key($0, place, process) })
        case .record(let record): .several(record.members.map { key($0.value, place, process) })
        case .real, .content: .unique(place)
        }
    }
}

extension Fact {
    /// The members of a record that tell it from others: one as it is, several as a list.
    func key(_ names: [String]) -> Fact {
        guard case .record(let record) = self else { return .none }
        let parts = names.map { record[$0] ?? .none }
        return parts.count == 1 ? parts[0] : .list(FactList(parts, .whole))
    }

    /// What stands before the first `=` of a text.
    var name: Fact {
        guard case .text(let text) = self else { return self }
        return .text(ByteText(Array(text.bytes.prefix { $0 != UInt8(ascii: "=") })))
    }

    /// The name of a record that is found by a number.
    var title: Fact? {
        guard case .record(let record) = self, let first = record.members.first, case .number = first.value else {
            return nil
        }
        switch record["name"] {
        case .word(let word): return .word(word)
        case .text(let text): return .text(text)
        default: return nil
        }
    }
}
