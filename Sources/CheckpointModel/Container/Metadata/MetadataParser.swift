internal import EvidenceText

/// Reads JSON (RFC 8259) into a tree, as far as it is whole.
///
/// What stands before the first damage is kept: half a file of an engine still names the container. Depth and number of
/// values are bounded, since both cost more memory than the text does.
struct MetadataParser {
    private let text: UnsafeRawBufferPointer
    var offset = 0
    /// The first damage, where the reading stopped.
    private(set) var damage: MetadataDamage?
    /// Keys that an object has more than once. As for the engines, the last one counts.
    private(set) var duplicates: [ByteText] = []
    private var valueCount = 0

    /// Engines nest some ten levels.
    static let depthLimit = 64
    /// Engines write some thousand values.
    static let valueLimit = 500_000
    private let valueLimit: Int

    /// - Parameters:
    ///   - text: The JSON.
    ///   - valueLimit: How many values are read.
    init(_ text: UnsafeRawBufferPointer, valueLimit: Int = MetadataParser.valueLimit) {
        self.text = text
        self.valueLimit = valueLimit
    }

    /// Reads the one value of a text.
    ///
    /// - Returns: The value as far as it could be read; nil if nothing could.
    mutating func document() -> MetadataValue? {
        let value = value(depth: 0)
        if damage == nil, peek() != nil { fail("something follows the JSON") }
        return value
    }

    mutating func fail(_ detail: String) {
        if damage == nil { damage = MetadataDamage(detail: detail, offset: offset) }
    }

    // MARK: Bytes

    /// The byte at the offset; nil at the end.
    var current: UInt8? { offset < text.count ? text[offset] : nil }

    /// The bytes of a range that was passed over.
    func bytes(_ part: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: text[part])
    }

    /// The first byte of the next token; nil at the end.
    private mutating func peek() -> UInt8? {
        while let byte = current {
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            offset += 1
        }
        return nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) {
        guard damage == nil, !take(byte) else { return }
        fail(offset < text.count ? "expected '\(UnicodeScalar(byte))'" : "the file ends early")
    }

    // MARK: Values

    private mutating func value(depth: Int) -> MetadataValue? {
        valueCount += 1
        guard depth < MetadataParser.depthLimit, valueCount <= valueLimit else {
            fail(depth < MetadataParser.depthLimit ? "more values than are read" : "nested too deeply")
            return nil
        }
        switch peek() {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return list(depth: depth)
        case UInt8(ascii: "\""): return string().map { .text($0) }
        case UInt8(ascii: "t"): return word("true", .flag(true))
        case UInt8(ascii: "f"): return word("false", .flag(false))
        case UInt8(ascii: "n"): return word("null", .null)
        default: return number()
        }
    }

    private mutating func list(depth: Int) -> MetadataValue {
        offset += 1
        var elements: [MetadataValue] = []
        if take(UInt8(ascii: "]")) { return .list(elements) }
        repeat {
            guard let element = value(depth: depth + 1) else { break }
            elements.append(element)
        } while damage == nil && take(UInt8(ascii: ","))
        expect(UInt8(ascii: "]"))
        return .list(elements)
    }

    private mutating func object(depth: Int) -> MetadataValue {
        offset += 1
        var members: [MetadataMember] = []
        var keys: Set<ByteText> = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            guard peek() == UInt8(ascii: "\""), let key = string() else {
                fail(offset < text.count ? "expected a key" : "the file ends early")
                break
            }
            expect(UInt8(ascii: ":"))
            guard damage == nil, let value = value(depth: depth + 1) else { break }
            if !keys.insert(key).inserted { duplicates.append(key) }
            members.append(MetadataMember(key: key, value: value))
        } while damage == nil && take(UInt8(ascii: ","))
        expect(UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func word(_ word: StaticString, _ value: MetadataValue) -> MetadataValue? {
        let end = offset + word.utf8CodeUnitCount
        let expected = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard end <= text.count, bytes(offset..<end).elementsEqual(expected) else {
            fail("expected a value")
            return nil
        }
        offset = end
        return value
    }

    private mutating func number() -> MetadataValue? {
        let start = offset
        if current == UInt8(ascii: "-") { offset += 1 }
        let first = offset
        let isWhole = takeDigits() && (offset == first + 1 || text[first] != UInt8(ascii: "0"))
        var isFinished = isWhole
        if isWhole, current == UInt8(ascii: ".") {
            offset += 1
            isFinished = takeDigits()
        }
        if isFinished, current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            offset += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { offset += 1 }
            isFinished = takeDigits()
        }
        // A number that ends with the text may have been cut.
        guard isFinished, offset < text.count || start == 0 else {
            fail(offset < text.count ? "expected a value" : "the file ends early")
            return nil
        }
        return .number(String(decoding: bytes(start..<offset), as: UTF8.self))
    }

    private mutating func takeDigits() -> Bool {
        let start = offset
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        return offset > start
    }
}

/// What is wrong with JSON, and where.
struct MetadataDamage: Equatable {
    let detail: String
    let offset: Int
}
