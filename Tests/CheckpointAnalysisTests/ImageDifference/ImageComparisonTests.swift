import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Differences of images, entry by entry")
struct ImageComparisonTests {
    @Test("Entries are found again by their addresses, whatever lies between them", arguments: [0, 1, 50, 5000])
    func addresses(_ gone: Int) throws {
        let before = try image(runs: (0..<12_000).map { ($0, 1) })
        let left = (0..<12_000).filter { $0 < 4000 || $0 >= 4000 + gone }
        let after = try image(runs: left.map { ($0, $0 == 11_000 ? 7 : 1) })
        let comparison = ImageComparison(before, after)
        let entries = entries(comparison)
        #expect(entries.filter { $0.after == nil }.map { $0.before?.index } == (4000..<(4000 + gone)).map { $0 + 1 })
        let changed = entries.filter { $0.after != nil }
        #expect(changed.map { $0.before?.index } == [11_001] && changed.map { $0.after?.index } == [11_001 - gone])
        #expect(changed.first?.changes.map { $0.text } == ["nr_pages 1 7"])
        #expect(self.entries(ImageComparison(after, before)).map(\.mirrored).sorted() == entries.map(\.text).sorted())
    }

    @Test("Entries in another order are the same entries")
    func order() throws {
        let runs = (0..<200).map { ($0, $0 + 1) }
        let comparison = ImageComparison(try image(runs: runs), try image(runs: runs.reversed()))
        #expect(entries(comparison).isEmpty)
    }

    @Test("Where nothing tells entries apart, those between entries that are alike are matched by order")
    func withoutKeys() throws {
        func image(_ names: [String]) throws -> ComparedImage {
            let entries = names.map {
                MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0).varint(4, UInt64($0.utf8.count))
            }
            return try compared(entries.reduce(ImageBuilder(.sigact)) { $0.entry($1) })
        }
        let same = ImageComparison(try image(["a", "bb", "ccc"]), try image(["a", "bbbb", "ccc"]))
        #expect(entries(same).map { $0.changes.count } == [1])
        let fewer = entries(ImageComparison(try image(["a", "bb", "ccc", "dddd"]), try image(["a", "dddd"])))
        #expect(fewer.map { $0.before?.index } == [1, 2] && fewer.allSatisfy { $0.after == nil })
    }

    @Test("What is unchanged is told if it is wanted, in order")
    func unchanged() throws {
        let (before, after) = (try image(runs: [(1, 1), (2, 1), (3, 1)]), try image(runs: [(1, 1), (2, 9), (3, 1)]))
        let entries = entries(ImageComparison(before, after, keepsUnchanged: true))
        #expect(entries.map { $0.before?.index } == [0, 1, 2, 3])
        #expect(entries.map { $0.changes.filter { !$0.isSame }.count } == [0, 0, 1, 0])
    }

    @Test("What a damaged image may have lost is not known to be gone")
    func damage() throws {
        let whole = pagemap((0..<10).map { ($0, 1) }).bytes
        let before = try ComparedImage(ImageBytes(whole), name: "pagemap-1.img")
        let after = try ComparedImage(ImageBytes(Array(whole.dropLast(20))), name: "pagemap-1.img")
        let comparison = ImageComparison(before, after)
        #expect(comparison.damage.before == nil && comparison.damage.after?.entry == 9)
        let entries = entries(comparison)
        #expect(entries.map { $0.before?.index } == [9, 10])
        #expect(entries.flatMap(\.changes).allSatisfy { $0.isUnknown(.after) })
    }

    @Test("Fields that the schema does not have are compared")
    func unknownFields() throws {
        let old = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1).varint(77, 5).text(78, "a"))
        let new = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1).varint(77, 6).text(78, "a"))
        let changes = entries(ImageComparison(try compared(old), try compared(new))).flatMap(\.changes)
        #expect(changes.map(\.text) == ["unknown_fields 77 varint 5 6"])
    }

    @Test("Raw images: the pages that differ, the first byte, the sizes")
    func raw() throws {
        var bytes = [UInt8](repeating: 7, count: 5 * 4096)
        let before = try ComparedImage(ImageBytes(bytes), name: "pages-1.img")
        bytes[4096 + 100] = 8
        bytes[3 * 4096] = 0
        let after = try ComparedImage(ImageBytes(bytes + [1]), name: "pages-1.img")
        let comparison = ImageComparison(before, after)
        #expect(comparison.firstDifference == 4196)
        #expect(comparison.pages.map(\.addresses) == [4096..<8192, 12288..<16384])
        #expect(comparison.header.map(\.text) == ["size 20480 20481"])
        let other = try ComparedImage(ImageBytes(bytes), name: "iptables-1.img")
        let framed = try image(runs: [])
        #expect(!before.isComparable(to: other) && !before.isComparable(to: framed))
    }

    // MARK: Images

    private func pagemap(_ runs: [(Int, Int)]) -> ImageBuilder {
        runs.reduce(into: ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1))) { image, run in
            image.append(.run(0x10000 + UInt64(run.0) << 20, UInt64(run.1)))
        }
    }

    private func image(runs: [(Int, Int)]) throws -> ComparedImage { try compared(pagemap(runs)) }

    private func compared(_ image: ImageBuilder) throws -> ComparedImage {
        try ComparedImage(ImageBytes(image.bytes), name: "image")
    }

    private func entries(_ comparison: ImageComparison) -> [ImageEntryDifference] {
        var entries: [ImageEntryDifference] = []
        comparison.forEachEntry { entry in
            entries.append(entry)
            return true
        }
        return entries
    }
}

extension ImageEntryDifference {
    fileprivate var text: String { text(before, after, changes.map(\.text)) }

    /// The same with the sides swapped.
    fileprivate var mirrored: String { text(after, before, changes.map(\.mirrored)) }

    private func text(_ before: Place?, _ after: Place?, _ changes: [String]) -> String {
        "\(before.map { "\($0.index)" } ?? "-") \(after.map { "\($0.index)" } ?? "-") \(changes)"
    }
}

extension FactChange {
    fileprivate var text: String { text(before, after) }
    fileprivate var mirrored: String { text(after, before) }

    private func text(_ before: Fact?, _ after: Fact?) -> String {
        (path.map(\.text) + [before, after].compactMap { $0?.text }).joined(separator: " ")
    }

    fileprivate var isSame: Bool {
        if case .same = kind { return true }
        return false
    }

    fileprivate func isUnknown(_ side: Side) -> Bool {
        if case .unknown(side, _) = kind { return true }
        return false
    }
}

extension FactStep {
    fileprivate var text: String {
        switch self {
        case .member(let name): name
        case .key(let fact, _): fact.text
        case .place(let before, let after): "#\(after ?? before ?? 0)"
        }
    }
}

extension Fact {
    fileprivate var text: String {
        switch self {
        case .number(let number): "\(number.magnitude)"
        case .word(let word): word
        case .record(let record): record.kind
        default: "\(self)"
        }
    }
}
