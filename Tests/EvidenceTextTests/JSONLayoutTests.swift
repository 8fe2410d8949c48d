import EvidenceText
import Testing

@Suite("JSON layout")
struct JSONLayoutTests {
    /// An object with a member, an empty and a filled array, and an empty object.
    private func sample(indent: Int?) -> String {
        let out = OutputBuffer()
        var layout = JSONLayout(out, indent: indent)
        layout.open(0x7B)
        layout.member("a")
        out.append("1")
        layout.member("b")
        layout.open(0x5B)
        layout.close(0x5D)
        layout.member("c")
        layout.open(0x5B)
        for number in 1...2 {
            layout.member()
            out.append(decimal: Int64(number))
        }
        layout.close(0x5D)
        layout.member("d")
        layout.open(0x7B)
        layout.close(0x7D)
        layout.close(0x7D)
        return String(decoding: out.collected, as: UTF8.self)
    }

    @Test("On one line")
    func plain() {
        #expect(sample(indent: nil) == #"{"a": 1, "b": [], "c": [1, 2], "d": {}}"#)
    }

    @Test("Indented", arguments: [0, 2, 4])
    func indented(_ indent: Int) {
        let one = String(repeating: " ", count: indent)
        let lines = ["{", one + #""a": 1,"#, one + #""b": [],"#, one + #""c": ["#]
        let inner = [one + one + "1,", one + one + "2", one + "],"]
        #expect(sample(indent: indent) == (lines + inner + [one + #""d": {}"#, "}"]).joined(separator: "\n"))
    }
}
