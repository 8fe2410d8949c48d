import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointAnalysis

@Suite("Patterns")
struct PatternTests {
    private func checkpoint(_ bytes: [UInt8]) throws -> MadeCheckpoint {
        try MadeCheckpoint(
            areas: [.area(0x10000, 0x11000)],
            [.init(runs: [.run(0x10000, 1)], pages: bytes + Array(repeating: 0, count: 4096 - bytes.count))]
        )
    }

    private func offsets(_ made: MadeCheckpoint, _ pattern: SearchPattern) throws -> [UInt64] {
        try search(made.checkpoint, pattern).map { $0.addresses.lowerBound - 0x10000 }
    }

    @Test("Bytes in hexadecimal, with digits that are not known")
    func hexadecimal() throws {
        let made = try checkpoint([1, 0xDE, 0xAD, 0x0A, 0xEF, 0xDE, 0xAD, 0x5C, 0xEF, 0xDE, 0xAD, 0xEF])
        #expect(try offsets(made, SearchPattern(hexadecimal: "de ad ?? ef")) == [1, 5])
        #expect(try offsets(made, SearchPattern(hexadecimal: "DEAD5?ef")) == [5])
        #expect(try offsets(made, SearchPattern(hexadecimal: "?d ?a")) == [2])
        for wrong in ["", "d", "de a", "xx", "?? ??", "0x"] {
            #expect(throws: PatternError.self, "\(wrong)") { try SearchPattern(hexadecimal: wrong) }
        }
    }

    @Test("Text in either case, and as UTF-16")
    func text() throws {
        let made = try checkpoint(Array("Token TOKEN t\0O\0k\0E\0n\0 \0T\0o\0k\0e\0n to[en".utf8))
        #expect(try offsets(made, SearchPattern(text: "token", ignoresCase: true)) == [0, 6])
        let little = try SearchPattern(text: "token", .utf16LittleEndian, ignoresCase: true)
        #expect(try offsets(made, little) == [12])
        let big = try SearchPattern(text: "Token", .utf16BigEndian)
        #expect(try offsets(made, big) == [23])
        #expect(try offsets(made, SearchPattern(text: "to[en")) == [34])
        // Only letters have a case: U+0141 is stored as the bytes of an A and of 1.
        let letter = try checkpoint([0x61, 0x01, 0x41, 0x01])
        #expect(try offsets(letter, SearchPattern(text: "\u{141}", .utf16LittleEndian, ignoresCase: true)) == [2])
    }

    @Test("Expressions are of bytes, or of UTF-8")
    func alphabets() throws {
        let made = try checkpoint([0xFF, 0xC3, 0xA9, 0xFF, 0x61])
        #expect(try offsets(made, SearchPattern(expression: #"[^\0]"#)) == [0, 1, 2, 3, 4])
        #expect(try offsets(made, SearchPattern(expression: "[^\\0]", isUTF8: true)) == [1, 4])
        #expect(try offsets(made, SearchPattern(expression: "É", isUTF8: true, ignoresCase: true)) == [1])
    }

    @Test("Expressions about UTF-16, either way")
    func utf16() throws {
        for encoding in [SearchPattern.Encoding.utf16LittleEndian, .utf16BigEndian] {
            let made = try checkpoint([0] + encoding.bytes(of: "Key=é12 keY=\u{3B1}\u{1F50D}.; K-y [x]"))
            func found(_ expression: String, ignoresCase: Bool = false) throws -> [UInt64] {
                try offsets(made, SearchPattern(expression: expression, utf16: encoding, ignoresCase: ignoresCase))
            }
            // The units of big-endian text are also there one byte on, with the high byte of the next one.
            #expect(try found("Key=[\\x{e0}-\\x{ff}]\\d{2}") == [1])
            #expect(try found("key=(?:é1|α🔍)", ignoresCase: true) == [1, 17])
            #expect(try found("K[^e]y") == [37])
            #expect(try found("k.Y=\\W") == [17])
            #expect(try found("\\[x\\]") == [45])
            #expect(try found("(?<==)é(?=1)") == [9])
        }
        for wrong in ["\\bx", "[[:alpha:]]", "\\p{L}", "[b-a]", "(", "[\\D]"] {
            #expect(throws: PatternError.self, "\(wrong)") {
                try SearchPattern(expression: wrong, utf16: .utf16LittleEndian)
            }
        }
    }

    @Test("Wrong expressions say what is wrong, and none can turn on what it should not")
    func wrong() {
        for wrong in ["(", "[a", "a{2,1}", "(?<=a+)b", "(*UTF)a", "\\p{Nope}", ""] {
            #expect(throws: PatternError.self, "\(wrong)") { try SearchPattern(expression: wrong) }
        }
    }

    @Test("An expression that takes too many steps ends with a message, after the hits before it")
    func steps() throws {
        let made = try checkpoint(Array("x=1 ".utf8) + Array(repeating: UInt8(ascii: "a"), count: 4000))
        let pattern = try SearchPattern(expression: "x=1|(a|aa)+(?=[XY])")
        var found: [Hit] = []
        let failure = #expect(throws: SearchFailure.self) {
            _ = try MemorySearch(made.checkpoint, MemorySelection(), pattern, context: 0, limit: nil).run {
                $0
            } _: { hits in
                found += hits.map(Hit.init)
                return true
            }
        }
        #expect(failure?.detail.contains("too m") == true)
        #expect(found == [Hit(0x10000, 3)])
    }

    @Test("A match is cut at 64 KiB, wherever it begins")
    func longest() throws {
        let size = 1 << 20
        let bytes = Array(repeating: UInt8(ascii: "a"), count: size)
        for start in [0, 1, 100_000, 262_100] {
            let space = PieceSpace(pieces: [
                (0x1000, Array(repeating: 0, count: start + 1), nil), (0x1001 + UInt64(start), bytes, nil),
            ])
            let found = try finds(space, PatternScanner(pattern: try SearchPattern(expression: "a+")))
            let first = 0x1001 + UInt64(start)
            let expected = (0..<16).map { (first + $0 << 16)..<(first + ($0 + 1) << 16) }
            #expect(found == expected)
        }
    }

    @Test("The surroundings of a hit")
    func context() throws {
        let made = try checkpoint(Array("0123456789".utf8))
        let hit = try #require(try search(made.checkpoint, SearchPattern(text: "45"), context: 6).first)
        #expect(hit.before == Array("0123".utf8))
        #expect(hit.match == Array("45".utf8))
        #expect(hit.after == Array("6789".utf8) + [0, 0])
        #expect(hit.origin == .image(snapshot: 0, name: "pages-1.img", offset: 4))
    }

    @Test("Selections")
    func selections() throws {
        let made = try MadeCheckpoint(
            areas: [.area(0x10000, 0x11000), .area(0x11000, 0x12000), .area(0x13000, 0x14000)],
            [.init(runs: [.run(0x10000, 2), .run(0x13000, 1)], pages: page("x") + page("x") + page("x"))])
        var selection = MemorySelection()
        selection.addresses = 0x10001..<0x13001
        let pattern = try SearchPattern(text: "x")
        #expect(try search(made.checkpoint, pattern, selection).map(\.addresses.lowerBound) == [0x11000, 0x13000])
        selection = MemorySelection()
        selection.protection = .execute
        #expect(try search(made.checkpoint, pattern, selection).isEmpty)
        selection = MemorySelection()
        selection.names = ["anonymous"]
        #expect(try search(made.checkpoint, pattern, selection).count == 3)
        selection.names = ["heap"]
        #expect(try search(made.checkpoint, pattern, selection).isEmpty)
        selection = MemorySelection()
        selection.pids = [2]
        #expect(try search(made.checkpoint, pattern, selection).isEmpty)
    }
}
