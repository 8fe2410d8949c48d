import CheckpointModel
import EvidenceText
import Testing

@testable import CheckpointReport

@Suite("JSON by forms")
struct FormTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        let out = OutputBuffer()
        var json = JSONWriter(out, .init(writesLines: true))
        body(&json)
        return String(decoding: out.collected, as: UTF8.self)
    }

    @Test("Members that are there, and reasons for those that are not")
    func members() {
        #expect(Sample().document() == #"{ "name": "a", "size": 1, "words": [], "parts": [] }"#)
        var sample = Sample(limit: -3)
        sample.size = .missing(Absence(.damaged, "torn"))
        let missing = #""missing": { "size": { "reason": "damaged", "detail": "torn" } }"#
        #expect(
            sample.document() == #"{ "name": "a", "size": null, "limit": -3, "words": [], "parts": [], \#(missing) }"#)
    }

    @Test("Parts that were not asked for are left out")
    func parts() {
        #expect(!Sample().document(.init(parts: .memory)).contains("words"))
        #expect(Sample().document(.init(parts: [.memory, .environment])).contains("words"))
    }

    @Test(
        "Numbers that JavaScript would round are strings",
        arguments: [
            (Int64(1) << 53 - 1, "9007199254740991"), (Int64(1) << 53, "\"9007199254740992\""),
            (-(Int64(1) << 53), "\"-9007199254740992\""), (Int64.min, "\"-9223372036854775808\""), (0, "0"), (-1, "-1"),
        ])
    func numbers(_ number: Int64, _ text: String) {
        #expect(written { $0.integer(number) } == text)
    }

    @Test("The largest number")
    func largest() {
        #expect(written { $0.integer(UInt64.max) } == "\"18446744073709551615\"")
        #expect(written { Form<UInt64>.hexadecimal.write(&$0, .max) } == "\"0xffffffffffffffff\"")
        #expect(written { Form<UInt32>.octal.write(&$0, 0o22) } == "\"0022\"")
    }

    @Test("Text that is not UTF-8 can be restored")
    func bytes() {
        #expect(written { $0.value(ByteText([0x61, 0xFF, 0x62])) } == #"{"text": "a\ufffdb", "hex": "61ff62"}"#)
        #expect(written { $0.value(ByteText("\u{202E}\u{1B}")) } == #""\u202e\u001b""#)
    }

    @Test(
        "Masked words keep their names",
        arguments: [
            ("TOKEN=abc", "TOKEN=[redacted: 3 bytes]"), ("A=", "A=[redacted: 0 bytes]"),
            ("secret", "[redacted: 6 bytes]"),
            ("K=V=W", "K=[redacted: 3 bytes]"),
        ])
    func redaction(_ word: String, _ masked: String) {
        let document = Sample(words: [ByteText(word)]).document(.init(redacts: true))
        #expect(document.contains("\"\(masked)\"") && !document.contains("\"\(word)\""))
    }
}
