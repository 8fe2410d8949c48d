internal import CRIUImages
internal import CheckpointModel
internal import EvidenceText

extension MessageValue {
    /// The members of the record of the message: one for each field of the schema, in words too where the pretty form has
    /// words, then what the schema does not have.
    var members: [FactMember] {
        fields.flatMap(\.members) + [FactMember(Self.unknownTraits, unknownFact)]
    }

    /// The message as it is compared.
    var fact: Fact { .record(FactRecord(name, members)) }

    private static let unknownTraits = FactTraits("unknown_fields")

    private var unknownFact: Fact {
        unknown.isEmpty ? .none : .list(FactList(unknown.map(\.fact), .keys(["field"])))
    }
}

extension MessageValue.Field {
    /// The value, and what it says in words. Every record of a kind has the same members, whatever the values.
    fileprivate var members: [FactMember] {
        let own = FactMember(FactTraits(key), value?.fact ?? .none)
        return hasWords ? [own, FactMember(FactTraits(key + "_names", wordsOf: key), value?.words ?? .none)] : [own]
    }
}

extension FieldValue {
    /// The value as it is compared.
    var fact: Fact {
        switch self {
        case .flag(let flag): .flag(flag)
        case .number(let number): number.fact
        case .name(let name): .word(name)
        case .text(let text): .text(text)
        case .bytes(let bytes): .content(Content(of: ImageBytes(bytes)))
        case .list(let elements, let words):
            .list(FactList(elements.map(\.fact), words == nil ? FieldValue.matching(elements) : .whole))
        case .message(let message): message.fact
        }
    }

    /// The value in words; nil if it needs none.
    fileprivate var words: Fact? {
        switch self {
        case .number(let number):
            switch number.words {
            case .flags(let names): .list(FactList(names.map { .word($0) }, .whole))
            case .name(let name): .word(name)
            case nil: nil
            }
        case .list(_, let words?): .word(words)
        default: nil
        }
    }

    /// How the elements of a list are matched: by what tells its messages apart, if it does.
    private static func matching(_ elements: [FieldValue]) -> FactList.Matching {
        guard case .message(let first) = elements.first, let name = first.keyName else { return .place }
        let keys = elements.compactMap { element -> FactNumber? in
            guard case .message(let message) = element, case .number(let key) = message.key else { return nil }
            return key
        }
        return keys.count == elements.count && Set(keys).count == keys.count ? .keys([name]) : .order
    }
}

extension FieldNumber {
    fileprivate var fact: Fact {
        let notation: FactNumber.Notation = isHexadecimal ? .hexadecimal : .decimal
        return isNegative ? .number(Int64(bitPattern: 0 &- magnitude), notation) : .number(magnitude, notation)
    }
}

extension MessageValue.UnknownField {
    fileprivate var fact: Fact {
        let values: (varint: Fact, fixed32: Fact, fixed64: Fact, bytes: Fact) =
            switch value {
            case .varint(let number): (.number(number), .none, .none, .none)
            case .fixed32(let number): (.none, .number(number), .none, .none)
            case .fixed64(let number): (.none, .none, .number(number), .none)
            case .bytes(let bytes): (.none, .none, .none, .content(Content(of: ImageBytes(bytes))))
            }
        return .record(
            FactRecord(
                "unknown_field",
                [
                    FactMember(Self.traits[0], .number(number)), FactMember(Self.traits[1], values.varint),
                    FactMember(Self.traits[2], values.fixed32), FactMember(Self.traits[3], values.fixed64),
                    FactMember(Self.traits[4], values.bytes),
                ]))
    }

    private static let traits = ["field", "varint", "fixed32", "fixed64", "bytes"].map { FactTraits($0) }
}
