import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

/// Random memory, compared page by page in the simplest way.
@Suite("Differences of random memory")
struct DifferencePropertyTests {
    private static let base: UInt64 = 0x10_0000
    private static let pageCount = 48

    /// Memory as a table of pages.
    private struct Table {
        /// The area of each page: 0 for none, else what tells areas apart.
        var areas: [Int] = Array(repeating: 0, count: pageCount)
        /// The byte that fills each page; nil for a page that was never written.
        var pages: [UInt8?] = Array(repeating: nil, count: pageCount)
        /// Whether each page is in the parent snapshot.
        var isInParent: [Bool] = Array(repeating: false, count: pageCount)
        var isLazy: [Bool] = Array(repeating: false, count: pageCount)
    }

    private static func address(_ page: Int) -> UInt64 { base + UInt64(page) * 4096 }

    private func table(_ generator: inout SeededGenerator) -> Table {
        var table = Table()
        var page = 0
        while page < Self.pageCount {
            let end = min(Self.pageCount, page + Int.random(in: 1...9, using: &generator))
            let area = Int.random(in: 0...3, using: &generator)
            for index in page..<end {
                table.areas[index] = area
                guard area != 0, Bool.random(using: &generator) else { continue }
                table.pages[index] = UInt8.random(in: 0...2, using: &generator)
                table.isInParent[index] = Int.random(in: 0..<4, using: &generator) == 0
                table.isLazy[index] = Int.random(in: 0..<12, using: &generator) == 0
            }
            page = end
        }
        return table
    }

    private func made(_ table: Table) throws -> MadeCheckpoint {
        var areas: [MessageBuilder] = []
        var (runs, pages): ([MessageBuilder], [UInt8]) = ([], [])
        var (oldRuns, oldPages): ([MessageBuilder], [UInt8]) = ([], [])
        var page = 0
        while page < Self.pageCount {
            let end = table.areas[page...].firstIndex { $0 != table.areas[page] } ?? Self.pageCount
            if table.areas[page] != 0 {
                let advice = UInt64(1) << UInt64(table.areas[page])
                areas.append(.vma(Self.address(page)..<Self.address(end), advice: advice))
            }
            page = end
        }
        for page in 0..<Self.pageCount {
            guard let byte = table.pages[page] else { continue }
            if table.isLazy[page] {
                runs.append(.run(Self.address(page), 1, flags: 2))
            } else if table.isInParent[page] {
                runs.append(.run(Self.address(page), 1, flags: 1))
                oldRuns.append(.run(Self.address(page), 1))
                oldPages += filled(byte)
            } else {
                runs.append(.run(Self.address(page), 1))
                pages += filled(byte)
            }
        }
        return try MadeCheckpoint(
            areas: areas, [.init(runs: runs, pages: pages), .init(runs: oldRuns, pages: oldPages)])
    }

    /// What is to be told of a page that both sides have mapped; nil for nothing.
    private func verdict(_ before: Table, _ after: Table, _ page: Int) -> PageChange.Kind? {
        let lazy = (before.isLazy[page], after.isLazy[page])
        if lazy.0 || lazy.1 { return .unknown(lazy.0 && lazy.1 ? .both : lazy.0 ? .before : .after, .lazy) }
        let (old, new) = (before.pages[page], after.pages[page])
        if (old ?? 0) == (new ?? 0) { return nil }
        return old == nil ? .appeared : new == nil ? .gone : .modified
    }

    @Test("As the simplest comparison tells it", arguments: 0..<60)
    func random(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let before = table(&generator)
        var after = table(&generator)
        // Much is the same, as it is in two dumps of a process.
        for page in 0..<Self.pageCount where Int.random(in: 0..<3, using: &generator) > 0 {
            after.areas[page] = before.areas[page]
            after.pages[page] = before.areas[page] == 0 ? nil : before.pages[page]
            after.isLazy[page] = before.isLazy[page]
        }
        for page in 0..<Self.pageCount where after.areas[page] == 0 { after.pages[page] = nil }
        let (one, other) = (try made(before), try made(after))
        let found = try Comparison(one.checkpoint, other.checkpoint).process(1)
        // What moved is told apart, and its pages are elsewhere.
        let still = found.pages.filter { !$0.isMoved }
        for page in 0..<Self.pageCount {
            let address = Self.address(page)
            let isMapped = before.areas[page] != 0 && after.areas[page] != 0
            let expected = isMapped ? verdict(before, after, page) : nil
            #expect(still.first { $0.after.contains(address) }?.kind == expected, "page \(page), seed \(seed)")
            let change = found.areas.first {
                $0.before?.contains(address) == true || $0.after?.contains(address) == true
            }
            #expect((change != nil) == (before.areas[page] != after.areas[page]), "page \(page), seed \(seed)")
        }
        #expect(zip(found.pages, found.pages.dropFirst()).allSatisfy { $0.after.lowerBound != $1.after.lowerBound })
    }
}
