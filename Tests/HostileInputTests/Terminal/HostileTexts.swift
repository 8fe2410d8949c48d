import CheckpointTestSupport
import EvidenceText
import Foundation

@testable import CRIUImages

/// Texts that must reach no terminal as they are. Each has a number, so that it can be found again.
struct HostileTexts {
    /// How many there are so far.
    private(set) var count = 0

    /// Escape sequences in seven and eight bits, one that sets the title, newlines, a tab, marks of direction, an invisible
    /// character, a backslash, an end of text.
    private static let core = "\u{1B}]0;x\u{7}\u{1B}[31m\n\r\t\u{9B}2J\u{202E}\u{2066}\u{200B}\u{7F}\\\u{0}"
    /// The same introducer as a byte, and others that are not UTF-8.
    private static let bytes: [UInt8] = [0x9B, 0x33, 0x31, 0x6D, 0xFF, 0xC3, 0x28]

    /// The next text.
    mutating func next() -> [UInt8] {
        count += 1
        return Array("<#\(count)#\(HostileTexts.core)".utf8) + HostileTexts.bytes + Array("#\(count)#>".utf8)
    }

    /// The next text without its newline, for what consists of lines.
    mutating func nextLine() -> [UInt8] { next().filter { $0 != 0x0A } }

    /// The next text without the bytes that are not UTF-8, which JSON cannot have.
    mutating func nextString() -> String {
        count += 1
        return "<#\(count)#\(HostileTexts.core)#\(count)#>"
    }

    /// The numbers of the texts that are whole in JSON, and the texts that are not.
    static func find(in json: String) -> (whole: Set<Int>, broken: [Substring]) {
        var whole: Set<Int> = []
        var broken: [Substring] = []
        for part in json.split(separator: "<#", omittingEmptySubsequences: false).dropFirst() {
            guard let number = Int(part.prefix { $0.isNumber }) else { continue }
            // Names of sockets are quoted-printable in CRIU's form, by whose rules it can be undone.
            let isQuoted = part.hasPrefix("\(number)#=1B]0;") && part.contains("FF=C3(#\(number)#>")
            if isQuoted || forms.contains(where: { part.hasPrefix("\(number)#\($0)#\(number)#>") }) {
                whole.insert(number)
            } else {
                broken.append(part.prefix(200))
            }
        }
        return (whole, broken)
    }

    /// What can stand between the numbers in JSON: the text as JSON has it; with marks in place of bytes that are not UTF-8,
    /// which are in a second member then; or, within a sentence, as a terminal is shown it. Each tells the text from others.
    private static let forms: [String] = [core, core.replacing("\u{0}", with: ""), core.replacing("\n", with: "")]
        .flatMap { core in
            let plain = ByteText(core)
            let odd = ByteText(Array(core.utf8) + bytes)
            let marked = String(decoding: odd.bytes, as: UTF8.self)
            return [plain, odd, ByteText(marked), ByteText(plain.forTerminal), ByteText(odd.forTerminal)].map { text in
                let out = OutputBuffer()
                text.bytes.withUnsafeBytes { out.appendEscaped($0) }
                return String(decoding: out.collected, as: UTF8.self)
            }
        }
}

// MARK: Images

extension HostileTexts {
    /// An image with a hostile text behind each text in it.
    mutating func planted(in image: ImageFile) throws -> [UInt8] {
        var result = ImageBuilder(byteOrder: image.header.byteOrder)
        var cursor = image.entries()
        if image.kind.lead != .sizeAlone { result.append(image.bytes.copy(0..<image.header.entriesOffset)) }
        while try cursor.next() {
            guard let type = image.kind.message(ofEntry: cursor.index) else { break }
            let message = image.bytes.withUnsafeBytes { planted(in: $0, cursor.messageRange, type.schema) }
            if image.kind.lead == .sizeAlone {
                result.append(withUnsafeBytes(of: UInt64(message.count).littleEndian) { Array($0) } + message)
            } else {
                result.append(MessageBuilder(message))
            }
            var payload = image.bytes.copy(cursor.messageRange.upperBound..<cursor.position)
            if case .bytes = cursor.payload { HostileTexts.spoil(&payload) }
            result.append(payload)
        }
        return result.bytes
    }

    private mutating func planted(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ schema: MessageSchema)
        -> [UInt8]
    {
        var result: [UInt8] = []
        var cursor = WireCursor(bytes, range)
        while let field = try? cursor.next() {
            guard let known = schema.field(numbered: field.number), field.wireType == .lengthDelimited,
                known.isText || known.message != nil || known.nameText == "name"
            else {
                result += bytes[field.start..<cursor.offset]
                continue
            }
            let content = known.message.map { planted(in: bytes, field.value, $0.schema) }
            let value = content ?? Array(bytes[field.value]) + next()
            result += varintBytes(UInt64(field.number) << 3 | 2) + varintBytes(UInt64(value.count)) + value
        }
        return result
    }

    /// Puts escapes into bytes without changing how many there are.
    static func spoil(_ bytes: inout [UInt8]) {
        guard bytes.count >= 16 else { return }
        bytes.replaceSubrange(4..<12, with: Array("\u{1B}[2J\n\u{202E}".utf8))
    }
}

// MARK: Bytes of other forms

/// Escapes in place of what raw images have, each of the same length.
private let replacements: [(old: String, new: [UInt8])] = [
    ("/usr", Array("\u{1B}]0;".utf8)), ("HOME", [0x9B, 0x33, 0x31, 0x6D]), ("PATH", [0x0A, 0x0D, 0x07, 0x08]),
    ("/srv", Array("\u{1B}[2J".utf8)), ("veth1", Array("\u{1B}[31m".utf8)), ("tun72", Array("\u{9B}2J\u{7}".utf8)),
    ("decode_field", Array("\u{1B}[2J\u{9B}2J\u{9B}1m".utf8)), ("on_fault", Array("\u{1B}[31m\n\r\u{7}".utf8)),
]

/// The bytes with escapes in place of some words, of which some are names of functions, variables and devices.
func spoiled(_ bytes: [UInt8]) -> [UInt8] {
    var data = Data(bytes)
    for (old, new) in replacements {
        var start = data.startIndex
        while let range = data.range(of: Data(old.utf8), in: start..<data.endIndex) {
            data.replaceSubrange(range, with: new)
            start = range.upperBound
        }
    }
    return [UInt8](data)
}

extension HostileTexts {
    /// JSON with a hostile text behind each text, and one as a key in each object.
    mutating func planted(inJSON bytes: [UInt8]) throws -> [UInt8] {
        let value = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        return [UInt8](try JSONSerialization.data(withJSONObject: planted(value)))
    }

    private mutating func planted(_ value: Any) -> Any {
        if let text = value as? String { return text + nextString() }
        if let list = value as? [Any] { return list.map { planted($0) } }
        guard let object = value as? [String: Any] else { return value }
        var result: [String: Any] = [:]
        for key in object.keys.sorted() { result[key] = object[key].map { planted($0) } }
        if object.values.allSatisfy({ $0 is String }) { result[nextString()] = nextString() }
        return result
    }

    /// A tar whose members have hostile names, and lead where they should not.
    mutating func tar() -> [UInt8] {
        var tar = TarBuilder()
        for type in ["3", "4", "6"] { tar.add(device: nextName(), type: type) }
        tar.add(nextName(), linkTo: nextName())
        tar.add(nextName(), sameAs: nextName())
        tar.add(folder: nextName())
        tar.add("../" + nextName(), [1])
        tar.add(nextName(), Array(nextString().utf8))
        return tar.archive
    }

    /// A text that a header of a tar has room for.
    mutating func nextName() -> String { nextString().replacing("\u{0}", with: "") }
}
