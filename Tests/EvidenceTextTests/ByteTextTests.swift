import EvidenceText
import Testing

@Suite("Bytes as text")
struct ByteTextTests {
    @Test("A string is given for UTF-8 only")
    func string() {
        #expect(ByteText("naïve \u{1F600}").string == "naïve \u{1F600}")
        #expect(ByteText([]).string == "")
        #expect(ByteText([0x61, 0xFF]).string == nil)
        #expect(ByteText([0xED, 0xA0, 0x80]).string == nil)
    }

    @Test("NULs that end a text are no part of it; what is behind one in the middle is")
    func endingNUL() {
        #expect(ByteText([0x61, 0, 0x62, 0, 0]).withoutEndingNUL == ByteText([0x61, 0, 0x62]))
        #expect(ByteText([0, 0]).withoutEndingNUL.isEmpty && ByteText([]).withoutEndingNUL.isEmpty)
        #expect(ByteText("abc").withoutEndingNUL == "abc")
    }

    @Test("The text ends before the first NUL, as C reads it")
    func upToNUL() {
        #expect(ByteText([0x61, 0, 0x62, 0]).upToNUL == "a")
        #expect(ByteText([0, 0x61]).upToNUL.isEmpty)
        #expect(ByteText("abc").upToNUL == "abc")
    }

    @Test("The order is that of the bytes, not of any language")
    func order() {
        let sorted: [ByteText] = ["", "B", "a", "ab", "b", ByteText([0x62, 0]), "ä", ByteText([0xFF])]
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test("Texts of other bytes differ, also where characters are canonically equivalent")
    func equality() {
        #expect(ByteText("\u{E9}") != ByteText("e\u{301}"))
        #expect(ByteText("\u{E9}").count == 2)
    }
}
