import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Comparing values")
struct FactComparisonTests {
    private static let none = FactReferences(processes: [])

    private func changes(_ before: Fact, _ after: Fact, _ references: FactReferences = none) -> [String] {
        var comparison = FactComparison(references)
        comparison.compare(before, after)
        return comparison.changes.map(\.summary)
    }

    private func record(_ members: [(String, Fact)], _ kind: String = "made") -> Fact {
        .record(FactRecord(kind, members.map { FactMember(FactTraits($0.0), $0.1) }))
    }

    @Test("Values of a sort are compared as such")
    func scalars() {
        let values: [Fact] = [
            .flag(true), .flag(false), .number(1), .number(-1), .number(2), .real(0.5), .word("a"), .word("b"),
            .text("a"), .text("c"), .process(1), .process(2),
        ]
        for (place, one) in values.enumerated() {
            for (other, two) in values.enumerated() { #expect(changes(one, two).isEmpty == (place == other)) }
        }
        #expect(changes(.number(16), .number(16, .hexadecimal)).isEmpty)
    }

    @Test("What one side lacks is unknown, and what does not apply has come or gone")
    func missing() {
        let lost = Fact.missing(Absence(.noImage, "lost"))
        let moot = Fact.missing(Absence(.notApplicable, "moot"))
        #expect(changes(.number(1), lost) == [" unknown after"])
        #expect(changes(lost, .number(1)) == [" unknown before"])
        #expect(changes(lost, lost).isEmpty && changes(lost, moot).isEmpty && changes(.none, lost).isEmpty)
        #expect(changes(moot, .number(1)) == [" appeared"] && changes(.number(1), moot) == [" gone"])
        #expect(changes(.none, .number(1)) == [" appeared"] && changes(.number(1), .none) == [" gone"])
    }

    @Test("In records the members are compared, and those that put others into words are handed along")
    func records() {
        let words = FactTraits("flag_names", wordsOf: "flags")
        func flags(_ value: Int, _ name: String) -> Fact {
            .record(
                FactRecord(
                    "made",
                    [
                        FactMember(FactTraits("same"), .number(0)), FactMember(FactTraits("flags"), .number(value)),
                        FactMember(words, .word(name)),
                    ]))
        }
        var comparison = FactComparison(Self.none)
        comparison.compare(flags(1, "ONE"), flags(2, "TWO"))
        #expect(comparison.changes.map(\.summary) == ["flags changed"])
        guard case .word("ONE") = comparison.changes[0].words.before else {
            Issue.record("the words are not handed along")
            return
        }
        #expect(changes(flags(1, "ONE"), flags(1, "OTHER")).isEmpty)
    }

    @Test("Elements with keys are matched by these, whatever their order")
    func keys() {
        func list(_ elements: [(Int, Int)]) -> Fact {
            .list(
                FactList(
                    elements.map { record([("id", .number($0.0)), ("value", .number($0.1))]) }, .keys(["id"])))
        }
        #expect(changes(list([(1, 1), (2, 2)]), list([(2, 2), (1, 1)])).isEmpty)
        #expect(
            changes(list([(1, 1), (2, 2)]), list([(3, 3), (2, 9)])) == ["1 gone", "2.value changed", "3 appeared"])
        // Of several with one key, the first is the first.
        #expect(changes(list([(1, 1), (1, 2)]), list([(1, 1)])) == ["1 gone"])
    }

    @Test("Words of an environment are matched by their names")
    func names() {
        func words(_ texts: [ByteText]) -> Fact { .list(FactList(texts.map { .text($0) }, .name)) }
        #expect(changes(words(["A=1", "B=2"]), words(["B=3", "C"])) == ["A gone", "B changed", "C appeared"])
    }

    @Test("Without keys the longest common subsequence is the same")
    func order() {
        func list(_ numbers: [Int]) -> Fact { .list(FactList(numbers.map { record([("n", .number($0))]) }, .order)) }
        #expect(changes(list([1, 2, 3]), list([1, 3])) == ["#1 gone"])
        #expect(changes(list([1, 3]), list([1, 2, 3])) == ["#1 appeared"])
        #expect(changes(list([1, 2, 3]), list([1, 9, 3])) == ["#1/1.n changed"])
    }

    @Test("Exchanging the sides of random lists gives the same, the other way round", arguments: 0..<40)
    func mirror(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func list() -> Fact {
            let numbers = (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 0...4, using: &random)
            }
            return .list(FactList(numbers.map { record([("n", .number($0))]) }, .order))
        }
        let (one, other) = (list(), list())
        let words = ["appeared": "gone", "gone": "appeared"]
        let mirrored = changes(other, one).map { line in
            let parts = line.split(separator: " ").map(String.init)
            let places = parts[0].dropFirst().split(separator: ".", maxSplits: 1)
            let turned = places[0].split(separator: "/").reversed().joined(separator: "/")
            let path = (["#" + turned] + places.dropFirst().map(String.init)).joined(separator: ".")
            return "\(path) \(words[parts[1]] ?? parts[1])"
        }
        #expect(changes(one, other).sorted() == mirrored.sorted())
    }

    @Test("Ids of processes that are matched are the same, and ids that mean others are not")
    func references() {
        let references = FactReferences(processes: [(before: 10, after: 20)])
        #expect(changes(.process(10), .process(20), references).isEmpty)
        #expect(!changes(.process(10), .process(10), references).isEmpty)
        #expect(!changes(.process(20), .process(20), references).isEmpty)
        #expect(changes(.process(5), .process(5), references).isEmpty)
        func list(_ ids: [Int]) -> Fact {
            .list(FactList(ids.map { record([("tid", .process($0)), ("value", .number(1))]) }, .keys(["tid"])))
        }
        #expect(changes(list([10]), list([20]), references).isEmpty)
        #expect(changes(list([20]), list([20]), references) == ["20 gone", "20 appeared"])
    }

    @Test("What is the same is told only if it is asked for")
    func unchanged() {
        var comparison = FactComparison(Self.none, keepsUnchanged: true)
        comparison.compare(
            record([("a", .number(1)), ("b", .number(2))]), record([("a", .number(1)), ("b", .number(3))]))
        #expect(comparison.changes.map(\.summary) == ["a same", "b changed"])
    }
}

extension FactChange {
    /// The path and what happened.
    var summary: String {
        let steps = path.map { step in
            switch step {
            case .member(let name): name
            case .place(let before, let after):
                "#" + [before, after].compactMap { $0 }.map(String.init).joined(separator: "/")
            case .key(let fact, _): fact.plain
            }
        }
        let word =
            switch kind {
            case .appeared: "appeared"
            case .gone: "gone"
            case .changed: "changed"
            case .same: "same"
            case .unknown(let side, _): "unknown \(side.rawValue)"
            }
        return steps.joined(separator: ".") + " " + word
    }
}

extension Fact {
    fileprivate var plain: String {
        switch self {
        case .number(let number): String(number.magnitude)
        case .process(let id): String(id)
        case .word(let word): word
        case .text(let text): String(decoding: text.bytes, as: UTF8.self)
        default: "?"
        }
    }
}
