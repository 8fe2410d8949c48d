internal import EvidenceText

/// A value of a file of JSON with the place where it is, read member by member: one of a wrong type is listed as a
/// problem and loses nothing but itself.
struct MetadataNode: Sendable {
    let file: MetadataFile
    /// The keys that lead here, with dots between them.
    let path: String
    /// The value, or why there is none.
    let content: Known<MetadataValue>

    init(_ file: MetadataFile, path: String, _ content: Known<MetadataValue>) {
        self.file = file
        self.path = path
        // Engines write null for what is not set.
        self.content = content == .value(.null) ? .missing(MetadataNode.notThere(file, path)) : content
    }

    /// Whether there is a value.
    var exists: Bool { content.value != nil }

    /// Why there is no value of the sort that was asked for.
    private func wrongType(_ wanted: String) -> Absence {
        file.note(path, "not \(wanted)")
    }

    private static func notThere(_ file: MetadataFile, _ path: String) -> Absence {
        file.damage ?? Absence(.notRecorded, "\(file.name) has no \(path.isEmpty ? "value" : path)")
    }

    /// A member of an object.
    subscript(_ key: String) -> MetadataNode {
        let inner = path.isEmpty ? key : path + "." + key
        let found = object.flatMap { members -> Known<MetadataValue> in
            let key = ByteText(key)
            return members.last { $0.key == key }.map { .value($0.value) }
                ?? .missing(MetadataNode.notThere(file, inner))
        }
        return MetadataNode(file, path: inner, found)
    }

    private var object: Known<[MetadataMember]> {
        content.flatMap { value in
            guard case .object(let members) = value else { return .missing(wrongType("an object")) }
            return .value(members)
        }
    }

    // MARK: Values

    /// Text; missing if it is empty, as engines write what is not set.
    var text: Known<ByteText> {
        content.flatMap { value in
            guard case .text(let text) = value else { return .missing(wrongType("a string")) }
            return text.isEmpty ? .missing(Absence(.notRecorded, "\(path) is empty in \(file.name)")) : .value(text)
        }
    }

    var flag: Known<Bool> {
        content.flatMap { value in
            guard case .flag(let flag) = value else { return .missing(wrongType("true or false")) }
            return .value(flag)
        }
    }

    /// A whole number of 64 bits.
    var integer: Known<Int64> {
        content.flatMap { value in
            guard case .number(let digits) = value, let number = Int64(digits) else {
                return .missing(wrongType("a whole number of 64 bits"))
            }
            return .value(number)
        }
    }

    /// A whole number that is not negative.
    var count: Known<UInt64> {
        content.flatMap { value in
            guard case .number(let digits) = value, let number = UInt64(digits) else {
                return .missing(wrongType("a whole number of 64 bits without a sign"))
            }
            return .value(number)
        }
    }

    /// A number as it is written, or text.
    var numberOrText: Known<ByteText> {
        if case .value(.number(let digits)) = content { return .value(ByteText(digits)) }
        return text
    }

    // MARK: Lists

    /// The elements of an array.
    var elements: Known<[MetadataNode]> {
        content.flatMap { value in
            guard case .list(let values) = value else { return .missing(wrongType("an array")) }
            return .value(
                values.enumerated().map { MetadataNode(file, path: "\(path)[\($0.offset)]", .value($0.element)) })
        }
    }

    /// The strings of an array, empty ones included; what is no string is left out, and listed as a problem.
    var texts: Known<[ByteText]> {
        elements.map { nodes in
            nodes.compactMap { node in
                if case .value(.text(let text)) = node.content { return text }
                _ = node.wrongType("a string")
                return nil
            }
        }
    }

    /// The members of an object, in the order of the file; of several with one key the last.
    var members: Known<[(key: ByteText, value: MetadataNode)]> {
        object.map { members in
            var last: [ByteText: Int] = [:]
            for (index, member) in members.enumerated() { last[member.key] = index }
            return members.enumerated().filter { last[$0.element.key] == $0.offset }.map { _, member in
                let inner = (path.isEmpty ? "" : path + ".") + member.key.forTerminal
                return (member.key, MetadataNode(file, path: inner, .value(member.value)))
            }
        }
    }

    /// The members of an object of strings, sorted by key.
    var notes: Known<[ContainerNote]> {
        members.map { members in
            members.compactMap { key, node in
                if case .value(.text(let text)) = node.content { return ContainerNote(key: key, value: text) }
                if node.exists { _ = node.wrongType("a string") }
                return nil
            }.sorted { $0.key < $1.key }
        }
    }

    /// JSON that a string holds.
    var nested: MetadataNode {
        switch text {
        case .value(let text): file.nested(text, path: path)
        case .missing(let absence): MetadataNode(file, path: path, .missing(absence))
        }
    }
}

/// The first value that is there; if none is, why: damage counts before absence, since it says more.
func firstKnown<Value>(_ candidates: Known<Value>...) -> Known<Value> {
    if let found = candidates.first(where: { $0.value != nil }) { return found }
    let absences = candidates.compactMap(\.absence)
    let absence = absences.first { $0.reason == .damaged } ?? absences.first { $0.reason != .noImage } ?? absences.first
    return .missing(absence ?? Absence(.notRecorded, "nothing records it"))
}
