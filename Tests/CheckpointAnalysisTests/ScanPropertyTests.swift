import CheckpointTestSupport
import Testing

@testable import CheckpointAnalysis

/// Compares what is found in pieces, by several threads, with what a plain loop finds in memory as a whole.
@Suite("Finds do not depend on where memory is stored")
struct ScanPropertyTests {
    /// Pieces of random sizes with few different bytes, now and then with a gap between them.
    private func space(_ random: inout SeededGenerator, alphabet: [UInt8]) -> PieceSpace {
        var start: UInt64 = 0x1000
        let pieces = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            if Int.random(in: 0..<4, using: &random) == 0 { start += UInt64.random(in: 1...50, using: &random) }
            let size = Int.random(in: 1...3, using: &random) == 1 ? 9000 : 40
            let bytes = (0..<Int.random(in: 1...size, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            defer { start += UInt64(bytes.count) }
            return (start: start, bytes: bytes, view: SpaceStretch.View?.none)
        }
        return PieceSpace(pieces: pieces)
    }

    @Test("Text, at every place where it stands")
    func text() throws {
        var random = SeededGenerator(printingSeedFor: "text")
        for _ in 0..<150 {
            let space = space(&random, alphabet: Array("ab".utf8))
            let text = String(
                (0..<Int.random(in: 1...12, using: &random)).map { _ in Bool.random(using: &random) ? "a" : "b" })
            let wanted = Array(text.utf8)
            let expected = space.extents.flatMap { extent in
                extent.bytes.indices.filter { extent.bytes[$0...].starts(with: wanted) }.map {
                    (extent.start + UInt64($0))..<(extent.start + UInt64($0 + wanted.count))
                }
            }
            let scanner = PatternScanner(pattern: try SearchPattern(text: text))
            #expect(try finds(space, SmallSubjects(inner: scanner, block: 64)) == expected, "seed \(random.seed)")
            #expect(try finds(space, scanner) == expected, "seed \(random.seed)")
        }
    }

    @Test("An expression, whose matches do not overlap")
    func expression() throws {
        var random = SeededGenerator(printingSeedFor: "expression")
        let scanner = PatternScanner(pattern: try SearchPattern(expression: "(?<!c)a+b*c?"))
        for _ in 0..<100 {
            let space = space(&random, alphabet: Array("aaaabc".utf8))
            let expected = space.extents.flatMap { extent in
                runs(extent.bytes).map {
                    (extent.start + UInt64($0.lowerBound))..<(extent.start + UInt64($0.upperBound))
                }
            }
            #expect(try finds(space, SmallSubjects(inner: scanner, block: 48)) == expected, "seed \(random.seed)")
        }
    }

    /// The matches of `(?<!c)a+b*c?`, by hand.
    private func runs(_ bytes: [UInt8]) -> [Range<Int>] {
        let (a, b, c) = (UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "c"))
        var found: [Range<Int>] = []
        var place = 0
        while place < bytes.count {
            guard bytes[place] == a, place == 0 || bytes[place - 1] != c else {
                place += 1
                continue
            }
            var end = place
            while end < bytes.count, bytes[end] == a { end += 1 }
            while end < bytes.count, bytes[end] == b { end += 1 }
            if end < bytes.count, bytes[end] == c { end += 1 }
            found.append(place..<end)
            place = end
        }
        return found
    }

    @Test("Strings, however long", arguments: [1, 4, 9])
    func strings(_ minimum: Int) throws {
        var random = SeededGenerator(printingSeedFor: "strings")
        let scanner = StringScanner(encoding: .ascii, minimum: minimum)
        for alphabet in [[0x41, 0x42, 0], Array(repeating: 0x41, count: 5000) + [0, 0xFF]] as [[UInt8]] {
            for _ in 0..<30 {
                let space = space(&random, alphabet: alphabet)
                let expected = space.extents.flatMap { extent in
                    extent.bytes.indices.split { extent.bytes[$0] != 0x41 && extent.bytes[$0] != 0x42 }
                        .filter { $0.count >= minimum }
                        .map { (extent.start + UInt64($0.startIndex))..<(extent.start + UInt64($0.endIndex)) }
                }
                #expect(try finds(space, SmallSubjects(inner: scanner, block: 100)) == expected, "seed \(random.seed)")
            }
        }
    }

    @Test("Strings of other encodings across borders", arguments: StringEncoding.allCases)
    func encodings(_ encoding: StringEncoding) throws {
        let text = encoding == .ascii ? "plain text, long" : "näïve text, löng"
        let stored =
            switch encoding {
            case .ascii, .utf8: Array(text.utf8)
            case .utf16le: SearchPattern.Encoding.utf16LittleEndian.bytes(of: text)
            case .utf16be: SearchPattern.Encoding.utf16BigEndian.bytes(of: text)
            }
        let bytes = [0x01, 0x02, 0x03] + stored + [0x01, 0x02, 0x03]
        for cut in 1..<(bytes.count - 1) {
            let space = PieceSpace(pieces: [
                (0x1000, Array(bytes[..<cut]), nil), (0x1000 + UInt64(cut), Array(bytes[cut...]), nil),
            ])
            let found = try finds(space, SmallSubjects(inner: StringScanner(encoding: encoding, minimum: 6), block: 4))
            #expect(
                found.map { $0.clamped(to: 0x1003..<UInt64(0x1003 + stored.count)) } == [
                    0x1003..<UInt64(0x1003 + stored.count)
                ])
        }
    }

    @Test("A view is left out, but for what begins in it and goes on behind, or the other way round")
    func views() throws {
        let view = SpaceStretch.View(object: .shared(1), base: 0x1000)
        let space = PieceSpace(pieces: [
            (0x1000, Array("own ab".utf8), nil), (0x1006, Array("cd ab abcd ab".utf8), view),
            (0x1013, Array("cd ab".utf8), view), (0x1018, Array("cd abcd".utf8), nil),
        ])
        let scanner = PatternScanner(pattern: try SearchPattern(text: "abcd"))
        let expected: [UInt64] = [0x1004, 0x1016, 0x101B]
        #expect(try finds(space, scanner).map(\.lowerBound) == expected)
        let expression = PatternScanner(pattern: try SearchPattern(expression: "ab+cd"))
        #expect(try finds(space, expression).map(\.lowerBound) == expected)
    }
}
