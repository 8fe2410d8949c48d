import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointAnalysis

/// What workloads said that they planted.
private struct Planted: Decodable {
    let facts: [Fact]?

    struct Fact: Decodable {
        let kind: String
        let label: String?
        let pid: Int?
        let addr: String?
        let hex: String?
    }

    struct Plant {
        let label: String
        let pid: Int
        let address: UInt64
        let bytes: [UInt8]
        let hexadecimal: String
    }

    static func plants(_ scenario: String) throws -> [Plant] {
        let truth = try JSONDecoder().decode(Planted.self, from: Scenario.named(scenario).truth())
        return (truth.facts ?? []).compactMap { fact in
            guard fact.kind == "plant", let pid = fact.pid, let hex = fact.hex,
                let address = fact.addr.flatMap({ UInt64($0.dropFirst(2), radix: 16) })
            else { return nil }
            let digits = Array(hex)
            let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
                UInt8(String(digits[$0...($0 + 1)]), radix: 16)
            }
            return Plant(label: fact.label ?? "", pid: pid, address: address, bytes: bytes, hexadecimal: hex)
        }
    }
}

private func open(_ scenario: String) throws -> Checkpoint {
    try Checkpoint(path: FilePath(Scenario.named(scenario).folder.path))
}

extension SearchHit {
    /// Where processes see it.
    fileprivate var sights: [Hit] {
        let count = addresses.upperBound - addresses.lowerBound
        if case .process(let process) = place { return [Hit(pid: process.pid, addresses.lowerBound, count)] }
        return mappings.map { Hit(pid: $0.pid, $0.address, count) }
    }
}

@Suite("Search, against what was there")
struct SearchTruthTests {
    @Test(
        "Each planted pattern at its place, and at no other one that overlaps it",
        arguments: ["memory", "crash", "crash-nofp", "container", "signals-timers", "diff-before", "diff-after"])
    func plants(_ scenario: String) throws {
        let checkpoint = try open(scenario)
        let plants = try Planted.plants(scenario)
        #expect(!plants.isEmpty)
        for plant in plants {
            let process = try #require(checkpoint.process(plant.pid))
            let space = try #require(checkpoint.addressSpace(of: process).value)
            let count = UInt64(plant.bytes.count)
            let found = try search(checkpoint, SearchPattern(hexadecimal: plant.hexadecimal)).flatMap(\.sights)
            let near = found.filter {
                $0.pid == plant.pid && $0.address + count > plant.address && $0.address < plant.address + count
            }
            let isThere = space.bytes(in: plant.address..<(plant.address + count)).value == plant.bytes
            #expect(near == (isThere ? [Hit(pid: plant.pid, plant.address, count)] : []), "\(plant.label)")
            // Only unchanged pages of files that are still there are in no image.
            if !isThere {
                let stretch = space.stretch(at: plant.address, before: plant.address + 1)
                guard case .absent(.cleanFilePage) = stretch.origin else {
                    Issue.record("\(plant.label) is missing: \(stretch.origin)")
                    continue
                }
            }
        }
    }

    @Test("All places of a text, by process", arguments: ["memory", "tree", "files", "python-app", "chain/3", "s390x"])
    func allPlaces(_ scenario: String) throws {
        let checkpoint = try open(scenario)
        for text in ["PATH=", "SECRET", "PATTERN-0000", "lib"] {
            let wanted = Array(text.utf8)
            let found = try search(checkpoint, SearchPattern(text: text)).compactMap { hit -> Hit? in
                if case .process = hit.place { Hit(hit) } else { nil }
            }
            var expected: [Hit] = []
            for process in (checkpoint.processes.value ?? []).sorted(by: { $0.pid < $1.pid }) {
                guard let space = checkpoint.addressSpace(of: process).value else { continue }
                expected += ownPlaces(of: wanted, in: space).map { Hit(pid: process.pid, $0, UInt64(wanted.count)) }
            }
            #expect(found == expected, "\(text)")
        }
    }

    /// Where bytes stand in pages of a process's own, stretch by stretch: no border is within them.
    private func ownPlaces(of wanted: [UInt8], in space: AddressSpace) -> [UInt64] {
        var places: [UInt64] = []
        let end = space.segments.last?.addresses.upperBound ?? 0
        var (extent, start): ([UInt8], UInt64) = ([], 0)
        func flush() {
            var place = extent.startIndex
            while let found = extent[place...].firstRange(of: wanted) {
                places.append(start + UInt64(found.lowerBound))
                place = found.lowerBound + 1
            }
            extent = []
        }
        space.forEachStretch(in: (space.segments.first?.addresses.lowerBound ?? 0)..<end) { stretch in
            guard case .image = stretch.origin, let bytes = stretch.bytes else { return flush() }
            if extent.isEmpty { start = stretch.addresses.lowerBound }
            extent += bytes.copy(0..<bytes.count)
        }
        flush()
        return places
    }

    @Test("The pages of a workload, through parents", arguments: ["chain/3", "arm64", "s390x", "ppc64el"])
    func regions(_ scenario: String) throws {
        let checkpoint = try open(scenario)
        struct Records: Decodable {
            let records: [Record]
            struct Record: Decodable {
                let kind: String
                let name: String?
                let pid: Int?
                let start: String?
                let page_size: UInt64?
                let len: UInt64?
            }
        }
        let records = try JSONDecoder().decode(Records.self, from: Scenario.named(scenario).truth()).records
        let main = try #require(records.first { $0.kind == "process" })
        let region = try #require(records.first { $0.name == "anon_private" })
        let start = try #require(region.start.flatMap { UInt64($0.dropFirst(2), radix: 16) })
        let size = try #require(main.page_size)
        let rounds = records.count { $0.kind == "round" }
        for page in 0..<64 {
            let digits = String(repeating: "0", count: 6 - String(page).count) + String(page)
            let found = try search(checkpoint, SearchPattern(text: "ANON page=\(digits) round="))
            let isDropped = rounds > 0 && page == 61
            let places = found.flatMap(\.sights).filter { $0.pid == main.pid }.map(\.address)
            #expect(places == (isDropped ? [] : [start + UInt64(page) * size]), "page \(page)")
        }
        let heap = try #require(records.first { $0.kind == "heap_pattern" })
        let heapStart = try #require(heap.start.flatMap { UInt64($0.dropFirst(2), radix: 16) })
        var selection = MemorySelection()
        selection.pids = [try #require(main.pid)]
        selection.addresses = heapStart..<(heapStart + (heap.len ?? 0))
        let patterns = try search(checkpoint, SearchPattern(expression: "HEAP-(PATTERN|ROUND)-[0-9]{8}"), selection)
        #expect(patterns.map(\.addresses.lowerBound) == (0..<3072).map { heapStart + $0 * 32 })
    }

    @Test("Files and queues")
    func contents() throws {
        let checkpoint = try open("files")
        var kinds: Set<String> = []
        for content in checkpoint.recoverableContents where content.content.size > 0 {
            let start = content.content.prefix(24)
            guard start.contains(where: { $0 != 0 }) else { continue }
            let digits = start.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let found = try search(checkpoint, SearchPattern(hexadecimal: digits))
            let places = found.compactMap { hit -> UInt64? in
                switch hit.place {
                case .content(let place) where place.origin == content.origin && place.kind == content.kind:
                    hit.addresses.lowerBound
                case .sharedMemory(let object) where object.origin == content.origin: hit.addresses.lowerBound
                default: nil
                }
            }
            #expect(places.first == 0, "\(content.kind) \(content.name?.forTerminal ?? "")")
            kinds.insert(content.kind.rawValue)
        }
        #expect(kinds.isSuperset(of: ["ghost", "pipe", "fifo", "tty", "memfd"]))
    }

    @Test(
        "Secrets in archives",
        arguments: [("redis-before.tar.zst", "alice-before"), ("redis-after.tar.zst", "alice-after")])
    func archives(_ name: String, _ secret: String) throws {
        let path = Scenario.fixtures.appending(path: "archives/\(name)").path
        let checkpoint = try Checkpoint(path: FilePath(path))
        let found = try search(checkpoint, SearchPattern(text: secret))
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.match == Array(secret.utf8) })
        if name == "redis-before.tar.zst" {
            #expect(try !search(checkpoint, SearchPattern(text: "token-d34db33f")).isEmpty)
        }
    }
}
