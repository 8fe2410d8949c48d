import CheckpointTestSupport
import Testing

@testable import CheckpointAnalysis

@Suite("Expressions that begin with a class that is repeated without end")
struct LeadingRunTests {
    @Test(
        "The class is known",
        arguments: [
            ("[a-z]+@", "[a-z]"), (#"\w*\d"#, #"\w"#), ("a{3,}[=:]", "a"), (".+?x", "."), ("[^]\\]x]++=", "[^]\\]x]"),
            ("[[:alpha:]_]+ (?:a|b)\\b$", "[[:alpha:]_]"), ("[a-z]+([0-9]|x)?", "[a-z]"), ("a+", "a"),
            ("[(|]+\\(", "[(|]"),
        ])
    func known(_ expression: String, _ text: String) {
        #expect(LeadingRun(Array(expression.utf8)).map { String(decoding: $0.classText, as: UTF8.self) } == text)
    }

    @Test(
        "Others are left as they are",
        arguments: [
            "abc", "[a-z]", "[a-z]{3,5}=", "a+|b", "(a)+b", "(?i)a+", "a+(?<=x)b", "a+(?=b)", #"a+\Kb"#, #"a+(b)\1"#,
            #"\Ga+"#, "a{2,}{3}", "^a+", #"a+\Q|\E"#, "[[.a.]]+", "a+(*ACCEPT)b", #"\x41+b"#, "", "[", "a?b", "a{,3}",
        ])
    func unknown(_ expression: String) {
        #expect(LeadingRun(Array(expression.utf8)) == nil)
    }

    @Test(
        "Matches are those of the expression itself, from wherever the search begins",
        arguments: [
            "[ab]+=", "a+b*1", "[ab]{3,}[=1]", "[^=]+=", ".+1", "a*=", "[ab]+?(?:=|1b)", "a++b", #"\w+\b="#, "[ab]+",
            "[ab]+(=)?1", "[[:alpha:]]{2,}$", "A+b",
        ], [false, true])
    func same(_ text: String, _ ignoresCase: Bool) throws {
        var random = SeededGenerator(printingSeedFor: "leading run")
        let plain = try Expression(Array("(?:\(text)|(?!))".utf8), .bytes, ignoresCase: ignoresCase)
        let expression = try Expression(Array(text.utf8), .bytes, ignoresCase: ignoresCase)
        #expect(plain.afterRun == nil && expression.afterRun != nil)
        let slow = try ExpressionMatcher(plain)
        let quick = try ExpressionMatcher(expression)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 1...60, using: &random)).map { _ in
                Array("aaabb=1\nA".utf8).randomElement(using: &random) ?? 0
            }
            let start = Int.random(in: 0..<bytes.count, using: &random)
            let end = Int.random(in: (start + 1)...bytes.count, using: &random)
            try bytes.withUnsafeBytes { bytes in
                for isEnd in [false, true] {
                    let (expected, found) = (
                        try range(slow.first(in: bytes, start..<end, isEnd: isEnd)),
                        try range(quick.first(in: bytes, start..<end, isEnd: isEnd))
                    )
                    #expect(found == expected, "\(Array(bytes)) from \(start) to \(end), seed \(random.seed)")
                }
            }
        }
    }

    private func range(_ outcome: ExpressionMatcher.Outcome) throws -> Range<Int>? {
        switch outcome {
        case .match(let range): return range
        case .none: return nil
        case .failed(let detail): throw PatternError(detail: detail)
        }
    }

    @Test("A long run of bytes of the class does not take the square of its length")
    func long() throws {
        let space = PieceSpace(pieces: [(0x1000, Array(repeating: UInt8(ascii: "a"), count: 4 << 20), nil)])
        let scanner = PatternScanner(pattern: try SearchPattern(expression: "[a-z]{3,}[=:]"))
        #expect(try quickly { try finds(space, scanner) }.isEmpty)
    }

    @Test("A match that is longer than matches may be begins where it is not too long")
    func tooLong() throws {
        let longest = SearchPattern.longestMatch
        for (count, tail) in [(longest, 1), (longest + 1, 1), (3 << 20, 1), (200_000, 40), (longest - 1, 1)] {
            let bytes =
                Array(repeating: UInt8(ascii: "a"), count: count) + Array(repeating: UInt8(ascii: "="), count: tail)
            let space = PieceSpace(pieces: [(0x1000, bytes + Array(repeating: UInt8(ascii: "a"), count: 100_000), nil)])
            for expression in ["[a-z]{3,}[=:]", "[a-z]+(?:=|:)+", "[a-z]+=(?:$)?"] {
                // Without knowing what is behind, each byte is tried.
                if expression.contains("$"), count > 70_000 { continue }
                let scanner = PatternScanner(pattern: try SearchPattern(expression: expression))
                let found = try quickly { try finds(space, scanner) }
                // The first beginning from which one fits, and from there as much as fits.
                let start = 0x1000 + UInt64(max(0, count + 1 - longest))
                let end = expression.hasSuffix("+") ? min(count + tail, Int(start - 0x1000) + longest) : count + 1
                #expect(found == [start..<0x1000 + UInt64(end)], "\(count) \(expression)")
            }
        }
    }

    @Test("What can tell the end is known", arguments: ["a+=$", "a+b\\b", "a+b++=", "a+(?:b|c)?+d"])
    func seesEnd(_ expression: String) {
        #expect(LeadingRun(Array(expression.utf8))?.isBlindToEnd == false)
        #expect(LeadingRun(Array("a+=[$b]\\$b+".utf8))?.isBlindToEnd == true)
    }
}
