import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("JSON of container engines")
struct MetadataParserTests {
    private func parse(_ text: [UInt8]) -> (value: MetadataValue?, damage: MetadataDamage?, duplicates: [ByteText]) {
        text.withUnsafeBytes { buffer in
            var parser = MetadataParser(buffer)
            let value = parser.document()
            return (value, parser.damage, parser.duplicates)
        }
    }

    private func parse(_ text: String) -> (value: MetadataValue?, damage: MetadataDamage?, duplicates: [ByteText]) {
        parse(Array(text.utf8))
    }

    private func object(_ members: (ByteText, MetadataValue)...) -> MetadataValue {
        .object(members.map { MetadataMember(key: $0.0, value: $0.1) })
    }

    @Test("Values of each sort")
    func values() {
        let (value, damage, _) = parse(#" {"a": [1, -2.5e3, true, false, null, "x"], "b": {}, "c": []} "#)
        #expect(damage == nil)
        let list: [MetadataValue] = [.number("1"), .number("-2.5e3"), .flag(true), .flag(false), .null, .text("x")]
        #expect(value == object(("a", .list(list)), ("b", .object([])), ("c", .list([]))))
    }

    @Test("Numbers are not rounded", arguments: ["9007199254740993", "18446744073709551615", "-9223372036854775808"])
    func numbers(_ digits: String) {
        #expect(parse(digits).value == .number(digits))
        #expect(parse("[\(digits)]").value == .list([.number(digits)]))
    }

    @Test(
        "Escapes",
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, [0x22, 0x5C, 0x2F, 0x08, 0x0C, 0x0A, 0x0D, 0x09]),
            (#""\u00e9\u20ac""#, Array("é€".utf8)), (#""\ud83d\ude00""#, Array("😀".utf8)),
            // Halves of pairs are no characters; they are kept as bytes that no UTF-8 has.
            (#""\ud83d""#, [0xED, 0xA0, 0xBD]), (#""\ud83dx""#, [0xED, 0xA0, 0xBD, 0x78]),
            (#""\ud83d\u0041""#, [0xED, 0xA0, 0xBD, 0x41]), (#""\ude00""#, [0xED, 0xB8, 0x80]),
        ] as [(String, [UInt8])])
    func escapes(_ text: String, _ bytes: [UInt8]) {
        #expect(parse(text).value == .text(ByteText(bytes)))
        #expect(parse(text).damage == nil)
    }

    @Test("Bytes that are not UTF-8 are kept")
    func bytes() {
        #expect(parse([0x22, 0xFF, 0x00, 0x22]).value == .text(ByteText([0xFF, 0x00])))
    }

    @Test(
        "What stands before a damage is kept, and no value that may be cut",
        arguments: [
            (#"{"a": 1, "b": "tor"#, 18), (#"{"a": 1, "b": 12"#, 16), (#"{"a": 1, "b""#, 12),
            (#"{"a": 1, "b": tru"#, 14),
            (#"{"a": 1, x"#, 9), (#"{"a": 1 "b": 2}"#, 8),
        ])
    func partial(_ text: String, _ offset: Int) {
        let (value, damage, _) = parse(text)
        #expect(value == object(("a", .number("1"))))
        #expect(damage?.offset == offset)
    }

    @Test("Damage inside keeps what is around it")
    func inside() {
        let (value, damage, _) = parse(#"{"a": {"b": [1, 2, oops], "c": 3}}"#)
        #expect(value == object(("a", object(("b", .list([.number("1"), .number("2")]))))))
        #expect(damage?.offset == 19)
    }

    @Test("No value at all", arguments: ["", " ", "}", "nul", "-", "\"", "\u{0}", "01", "{} {}"])
    func nothing(_ text: String) {
        #expect(parse(text).damage != nil)
    }

    @Test("Keys that occur twice are told")
    func duplicates() {
        #expect(parse(#"{"a": 1, "b": 2, "a": 3}"#).duplicates == ["a"])
    }

    @Test("Depth and number of values are bounded")
    func bounds() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(parse(deep).damage?.detail == "nested too deeply")
        let nested = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
        #expect(parse(nested).damage == nil)
        let many = "[" + String(repeating: "0,", count: MetadataParser.valueLimit) + "0]"
        #expect(parse(many).damage?.detail == "more values than are read")
    }

    @Test("Text that is changed at random neither crashes nor loses its beginning")
    func mutations() {
        let text = Array(
            #"{"id": "abc", "spec": {"process": {"args": ["a\u0041", "b"], "n": [1, 2.5, null, true]}}}"#.utf8)
        var random = SeededGenerator(seed: 20261124)
        for _ in 0..<20_000 {
            var changed = text
            let place = Int.random(in: 12..<changed.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
            case 1: changed.remove(at: place)
            default: changed.removeSubrange(place...)
            }
            guard case .object(let members) = parse(changed).value else {
                Issue.record("\(changed)")
                continue
            }
            #expect(members.isEmpty || members[0].key == "id")
        }
    }
}
