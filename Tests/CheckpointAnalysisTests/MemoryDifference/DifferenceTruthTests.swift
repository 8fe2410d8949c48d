import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

/// What the workload of `diff-before` and `diff-after` said that it changed, and what /proc said that differed.
private struct DifferenceTruth: Decodable {
    let changes: [Change]
    let pageDifferences: [Page]

    struct Change: Decodable {
        let pid: Int
        let what: String
        let addr, start: String?
        let pages: UInt64?
        let present: [UInt64]?
    }

    struct Page: Decodable {
        let pid: Int
        let page, how, area: String
    }

    init() throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(DifferenceTruth.self, from: Scenario.named("diff-after").truth())
    }

    func pages(_ pid: Int, _ how: String) throws -> Set<UInt64> {
        Set(try pageDifferences.filter { $0.pid == pid && $0.how == how }.map { try number($0.page) })
    }
}

@Suite("Differences of memory, against what was changed")
struct DifferenceTruthTests {
    /// The first page of the program's code, which the first dump made the process's own: before it was the file's.
    private static let code: UInt64 = 0x5608_15AC_A000
    /// The page with the area for restartable sequences.
    private static let sequences: UInt64 = 0x7F8F_176B_C000

    @Test("All pages that /proc saw change, and no others", arguments: [6009, 6010, 6011])
    func pages(_ pid: Int) throws {
        let comparison = try Comparison(fixtures: "diff-before/images", "diff-after/images")
        let truth = try DifferenceTruth()
        let found = try comparison.process(pid)
        #expect(Set(found.pages(.modified)) == (try truth.pages(pid, "changed")).subtracting([Self.sequences]))
        #expect(Set(found.pages(because: .restartableSequences)).isSubset(of: [Self.sequences]))
        #expect(found.pages(.appeared).isEmpty && found.pages(.gone).isEmpty && found.counts.unknown == 0)
        // The rest is in areas that are new, or no longer there.
        let new = try truth.pages(pid, "new").subtracting([Self.code])
        for page in new { #expect(found.areas.contains { $0.after?.contains(page) == true && $0.before == nil }) }
        for page in try truth.pages(pid, "gone") {
            #expect(found.areas.contains { $0.before?.contains(page) == true && $0.after == nil })
        }
        #expect(found.areas.reduce(0) { $0 + ($1.before == nil ? $1.afterPages.total : 0) } == UInt64(new.count))
        #expect(comparison.result.shared.isEmpty)
    }

    @Test("The page that CRIU labels is that of the kernel's writes in the processes that ran")
    func sequencesOfThreads() throws {
        let comparison = try Comparison(fixtures: "diff-before/images", "diff-after/images")
        #expect(try comparison.process(6009).pages(because: .restartableSequences) == [Self.sequences])
        #expect(try comparison.process(6010).pages(because: .restartableSequences) == [Self.sequences])
    }

    @Test("The pages that the workload changed, and not the one that it changed back")
    func workload() throws {
        let comparison = try Comparison(fixtures: "diff-before/images", "diff-after/images")
        let changes = try DifferenceTruth().changes
        for change in changes where change.what == "page" {
            let address = try number(try #require(change.addr))
            #expect(try comparison.process(change.pid).pages(.modified).contains(address))
        }
        let back = try #require(changes.first { $0.what == "page-and-back" })
        let page = try number(try #require(back.addr))
        #expect(!(try comparison.process(back.pid).pages.contains { $0.addresses.contains(page) }))
    }

    @Test("The areas that the workload changed, and no others")
    func areas() throws {
        let comparison = try Comparison(fixtures: "diff-before/images", "diff-after/images")
        let found = try comparison.process(6009)
        func range(_ what: String) throws -> Range<UInt64> {
            let change = try #require(try DifferenceTruth().changes.first { $0.what == what })
            let start = try number(try #require(change.start))
            return start..<(start + (try #require(change.pages)) * 4096)
        }
        let protected = try range("mprotect"), unmapped = try range("munmap"), mapped = try range("mmap")
        // What brk grew; the thread's stack and its guard; and what the workload named.
        #expect(
            found.areas.map(AreaFacts.init) == [
                AreaFacts(.grown, nil, 0x5608_5563_3000..<0x5608_5566_4000, pages: (0, 2)),
                AreaFacts(.mapped, nil, 0x7F8F_1769_B000..<0x7F8F_1769_C000),
                AreaFacts(.mapped, nil, 0x7F8F_1769_C000..<0x7F8F_176A_C000, pages: (0, 2)),
                AreaFacts(.mapped, nil, mapped, pages: (0, 1)),
                AreaFacts(.unmapped, unmapped, nil, pages: (1, 0)),
                AreaFacts(.protected, protected, protected, .access, pages: (1, 1)),
            ])
        #expect(found.areas[0].afterArea?.name == "[heap]" && found.areas[0].beforeArea == nil)
        #expect(
            found.areas[5].beforeArea?.protection == [.read, .write] && found.areas[5].afterArea?.protection == .read)
        for pid in [6010, 6011] { #expect(try comparison.process(pid).areas.isEmpty) }
    }

    @Test("The bytes that the workload changed")
    func bytes() throws {
        let comparison = try Comparison(fixtures: "diff-before/images", "diff-after/images")
        func differences(_ pid: Int, at address: UInt64) throws -> [ByteDifference] {
            let (before, after) = try comparison.sides(pid)
            let change = try #require(try comparison.process(pid).pages.first { $0.addresses.contains(address) })
            var found: [ByteDifference] = []
            change.forEachDifference(before, after) {
                found.append($0)
                return true
            }
            return found
        }
        let last = try #require(try differences(6009, at: 0x7F8F_178A_8000).first)
        #expect(last.afterAddress == 0x7F8F_178A_8FFF && last.byteCount == 1 && last.before != last.after)
        #expect(try differences(6009, at: 0x7F8F_178A_6000).map(\.byteCount) == [4096])
        let state = try #require(try differences(6011, at: 0x7F8F_176A_E000).first)
        #expect(state.beforeAddress == 0x7F8F_176A_E00E && state.before == Array("idle".utf8))
        #expect(state.after == Array("BUSY".utf8))
    }

    // MARK: Redis

    @Test("Redis: the key that was set, and the memory that came")
    func redis() throws {
        let comparison = try Comparison(fixtures: "archives/redis-before.tar.zst", "archives/redis-after.tar.zst")
        let found = try comparison.process(1)
        #expect(found.areas.map(\.kind) == [.mapped] && found.areas[0].afterPages.present > 90)
        let (before, after) = try comparison.sides(1)
        var (old, new): ([UInt8], [UInt8]) = ([], [])
        for change in found.pages where change.kind == .modified {
            change.forEachDifference(before, after) {
                old += $0.before ?? []
                new += $0.after ?? []
                return true
            }
        }
        #expect(contains(new, "alice-after") && !contains(new, "alice-before"))
        #expect(contains(old, "alice-before") && !contains(old, "alice-after"))
    }

    // MARK: Programs of one system

    @Test("A child that shares pages with its parent: its own changes")
    func copyOnWrite() throws {
        let checkpoint = try Checkpoint(fixture: "chain/3")
        let comparison = try Comparison(checkpoint, checkpoint, [(403, 406)])
        let found = try comparison.process(403)
        let (before, after) = try comparison.sides(403)
        for (address, text) in [(0x7F5C_5BB8_6000 + 10 * 4096, "CHILD-COW"), (0x4C_1120, "CHILD-MODIFIED")] {
            let address = UInt64(address)
            let change = try #require(found.pages.first { $0.addresses.contains(address) })
            #expect(change.kind == .modified)
            var texts: [(before: [UInt8], after: [UInt8])] = []
            change.forEachDifference(before, after) {
                texts.append(($0.before ?? [], $0.after ?? []))
                return true
            }
            #expect(texts.contains { contains($0.after, text) && !contains($0.before, text) }, "\(text)")
        }
        // The stacks of the parent's threads, and what it mapped later.
        #expect(Set(found.areas.map(\.kind)) == [.unmapped] && comparison.result.shared.isEmpty)
    }

    private func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        Data(bytes).range(of: Data(text.utf8)) != nil
    }
}
