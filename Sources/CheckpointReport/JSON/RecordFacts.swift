import CheckpointAnalysis
import CheckpointModel

/// Makes records of values, with the members that are compared.
struct RecordFacts<Value>: Sendable {
    private let kind: String
    private let members: [Member]

    private struct Member: Sendable {
        let traits: FactTraits
        let part: DocumentPart?
        let fact: FactMaker<Value>
    }

    /// Prepares records.
    ///
    /// - Parameters:
    ///   - kind: What they are of.
    ///   - fields: Their members.
    init(_ kind: String, _ fields: [Field<Value>]) {
        self.kind = kind
        let keys = Set(fields.map(\.schema.key.description))
        members = fields.compactMap { field in
            let key = field.schema.key.description
            let stem = stems(of: key).first { keys.contains($0) && $0 != key }
            let traits = FactTraits(
                key, topic: field.part?.topic, wordsOf: stem ?? (field.isDerived ? "" : nil))
            return field.fact.map { Member(traits: traits, part: field.part, fact: $0) }
        }
    }

    /// The record of a value, with the members of some parts of a document.
    var fact: FactMaker<Value> {
        FactMaker { value, parts in
            var found: [FactMember] = []
            found.reserveCapacity(members.count)
            for member in members where member.part.map({ !$0.isDisjoint(with: parts) }) ?? true {
                found.append(FactMember(member.traits, member.fact(value, parts)))
            }
            return .record(FactRecord(kind, found))
        }
    }
}

/// What a key puts into words, by its name: `flag_names` says `flags` or `flag`, `signal_name` says `signal`.
private func stems(of key: String) -> [String] {
    for suffix in ["_names", "_name"] where key.hasSuffix(suffix) {
        let stem = String(key.dropLast(suffix.count))
        return [stem, stem + "s", stem + "_number"]
    }
    return []
}

extension DocumentPart {
    /// What differences in a part are about: the first part, if it is several.
    fileprivate var topic: DifferenceTopic? { DocumentPart.topics.first { contains($0.part) }?.topic }

    /// The part that has what differences are about.
    static let topics: [(part: DocumentPart, topic: DifferenceTopic)] = [
        (.processes, .processes), (.environment, .environment), (.signals, .signals), (.memory, .memory),
        (.files, .files), (.threads, .threads), (.sockets, .sockets), (.mounts, .mounts), (.network, .network),
        (.namespaces, .namespaces), (.ipc, .ipc), (.cgroups, .cgroups), (.container, .container),
    ]
}
