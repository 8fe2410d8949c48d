import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import FoundationEssentials
import SystemPackage
import Testing

@testable import CheckpointAnalysis

/// Memory of which there are pages, but no areas: of pre-dumps, and of processes that were not dumped to their end.
@Suite("Pages without areas")
struct PagesOnlyTests {
    /// A hit in a process's own pages, with the image that has it.
    private struct Found: Hashable {
        let hit: Hit
        let image: String
        let offset: UInt64
    }

    /// The hits in the pages of processes themselves.
    private func own(_ hits: [SearchHit]) -> [Found] {
        hits.compactMap { hit in
            guard hit.place.pid != nil, case .image(_, let name, let offset)? = hit.origin else { return nil }
            return Found(hit: Hit(hit), image: name, offset: offset)
        }
    }

    @Test(
        "What is found in the pages of processes is found without their areas, at the same places",
        arguments: ["memory", "tree", "files", "s390x", "ppc64el"])
    func without(_ name: String) throws {
        let images = Scenario.named(name).images.map(\.fileName)
        let folder = try ScratchFolder(
            copyOf: .named(name), without: Set(images.filter { $0.hasPrefix("mm-") || $0.hasPrefix("vmas-") }))
        defer { withExtendedLifetime(folder) {} }
        let whole = try Checkpoint(path: FilePath(Scenario.named(name).folder.path))
        let without = try Checkpoint(path: FilePath(folder.path))
        // One that neither begins nor ends where areas do.
        let pattern = try SearchPattern(expression: "[A-Za-z]{6,9}[=:. ]")
        let expected = own(try search(whole, pattern))
        let found = try search(without, pattern)
        #expect(expected.count > 10)
        #expect(own(found) == expected)
        #expect(found.allSatisfy { $0.segment == nil })
        for hit in found {
            if case .process = hit.place { Issue.record("\(hit.place) has areas") }
        }
    }

    @Test("Areas that are chosen by what they are, are none of these")
    func chosen() throws {
        let checkpoint = try Checkpoint(path: FilePath(Scenario.named("chain/1").folder.path))
        let pattern = try SearchPattern(text: "HEAP-PATTERN-00000000")
        let all = try search(checkpoint, pattern)
        let address = try #require(all.first).addresses.lowerBound
        #expect(all.map(\.place.pid) == [403, 406])
        var selection = MemorySelection()
        selection.addresses = address..<address + 100
        #expect(try search(checkpoint, pattern, selection).count == 2)
        selection.addresses = address + 1..<address + 100
        #expect(try search(checkpoint, pattern, selection).isEmpty)
        selection.addresses = nil
        selection.pids = [404]
        #expect(try search(checkpoint, pattern, selection).isEmpty)
        selection.pids = [403]
        #expect(try search(checkpoint, pattern, selection).count == 1)
        selection.names = ["heap"]
        #expect(try search(checkpoint, pattern, selection).isEmpty)
        selection.names = []
        selection.protection = .read
        #expect(try search(checkpoint, pattern, selection).isEmpty)
    }

    @Test("By address, what the page map does not list is absent")
    func byAddress() throws {
        let checkpoint = try Checkpoint(path: FilePath(Scenario.named("chain/1").folder.path))
        let space = try #require(checkpoint.addressSpace(ofPagesOf: 403).value)
        let listed = try #require(space.listedPages)
        #expect(!listed.isEmpty && space.segments.isEmpty)
        let first = try #require(listed.first).lowerBound
        #expect(space.stretch(at: first, before: first + 1).bytes?.count == 1)
        guard case .absent(.lost) = space.stretch(at: first - 1, before: first).origin else {
            Issue.record("the byte before the first page is there")
            return
        }
        #expect(checkpoint.addressSpace(ofPagesOf: 404).absence?.reason == .noImage)
        #expect(checkpoint.problems.isEmpty)
    }
}
