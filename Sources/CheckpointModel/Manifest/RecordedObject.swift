internal import EvidenceText

/// An object of a manifest that was read: each member has the type that it should have, or the reading fails.
struct RecordedObject {
    private let members: [ByteText: MetadataValue]
    /// Where it is in the document.
    private let place: String

    /// - Returns: Nil if the value is no object.
    init?(_ value: MetadataValue, place: String) {
        guard case .object(let members) = value else { return nil }
        self.members = Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { _, last in last })
        self.place = place
    }

    /// What is wrong with a member.
    func wrong(_ key: String, _ wanted: String) -> ManifestError {
        ManifestError(detail: "is no manifest that can be read: \(path(key)) is not \(wanted)")
    }

    private func path(_ key: String) -> String { place.isEmpty ? key : place + "." + key }

    func isNull(_ key: String) -> Bool { members[ByteText(key)] == .null }

    /// A member that need not be there.
    func optional<Value>(
        _ key: String, _ read: (String) throws(ManifestError) -> Value
    ) throws(ManifestError) -> Value? {
        members[ByteText(key)] == nil ? nil : try read(key)
    }

    /// Text of evidence: a string, or an object with its bytes in hexadecimal.
    func text(_ key: String) throws(ManifestError) -> ByteText {
        switch members[ByteText(key)] {
        case .text(let text): return text
        case .object(let members):
            if case .text(let digits) = members.last(where: { $0.key == "hex" })?.value, let bytes = digits.hexadecimal
            {
                return ByteText(bytes)
            }
        default: break
        }
        throw wrong(key, "a text")
    }

    /// A word of the tool's own.
    func word(_ key: String) throws(ManifestError) -> String {
        guard let word = try text(key).string else { throw wrong(key, "a word") }
        return word
    }

    /// A SHA-256 in hexadecimal.
    func digest(_ key: String) throws(ManifestError) -> String {
        let digits = try text(key)
        guard digits.count == 64, digits.hexadecimal != nil, let word = digits.string else {
            throw wrong(key, "a SHA-256 in hexadecimal")
        }
        return word
    }

    /// A whole number that is not negative; large ones are strings.
    func count(_ key: String) throws(ManifestError) -> UInt64 {
        var digits: String?
        if case .number(let number) = members[ByteText(key)] { digits = number }
        if case .text(let text) = members[ByteText(key)] { digits = text.string }
        guard let digits, let count = UInt64(digits) else { throw wrong(key, "a count") }
        return count
    }

    /// The objects of an array.
    func objects<Value>(
        _ key: String, _ read: (RecordedObject) throws(ManifestError) -> Value
    ) throws(ManifestError) -> [Value] {
        guard case .list(let values) = members[ByteText(key)] else { throw wrong(key, "an array") }
        var objects: [Value] = []
        for (index, value) in values.enumerated() {
            guard let object = RecordedObject(value, place: path("\(key)[\(index)]")) else {
                throw wrong("\(key)[\(index)]", "an object")
            }
            objects.append(try read(object))
        }
        return objects
    }
}

extension ByteText {
    /// The bytes that pairs of lower-case hexadecimal digits stand for; nil if it is anything else.
    fileprivate var hexadecimal: [UInt8]? {
        guard count % 2 == 0 else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(count / 2)
        for place in stride(from: 0, to: count, by: 2) {
            guard let high = bytes[place].digit, let low = bytes[place + 1].digit else { return nil }
            result.append(high << 4 | low)
        }
        return result
    }
}

extension UInt8 {
    fileprivate var digit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
