import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Reads the patterns that one workload wrote into its memory on four machines, through parent snapshots where it was
/// dumped step by step.
@Suite("The patterns in memory of four machines")
struct PatternTruthTests {
    @Test("Page sizes", arguments: zip(KnownCheckpoint.snapshots, [4096, 4096, 4096, 65536]))
    func pageSizes(_ name: String, _ size: UInt64) throws {
        let workload = try Workload(name)
        #expect(try workload.truth.record("process").pageSize == size)
        for known in workload.known.processes where !known.truth.isZombie {
            #expect(known.memory.value?.pageSize == size, "\(known)")
        }
    }

    @Test("Pages that were all written", arguments: KnownCheckpoint.snapshots)
    func allPages(_ name: String) throws {
        let workload = try Workload(name)
        let region = try workload.region("anon_private")
        for page in 0..<64 {
            let found = workload.main.bytes(at: region.page(page))
            if workload.rounds > 0 && page == 61 {
                // Given back between the dumps: a parent has it, but the last dump does not refer to it.
                #expect(found.absence?.reason == .pagesAbsent, "page \(page)")
            } else {
                let round = (1...3).last { $0 <= workload.rounds && $0 % 4 == page % 4 } ?? 0
                #expect(found.value == region.pattern("ANON", page, round), "page \(page)")
            }
            let pattern = region.pattern(page == 10 ? "CHILD-COW" : "ANON", page, 0)
            #expect(workload.child.bytes(at: region.page(page)).value == pattern, "the child's page \(page)")
        }
    }

    @Test("Pages of which every seventh was written", arguments: KnownCheckpoint.snapshots)
    func sparsePages(_ name: String) throws {
        let workload = try Workload(name)
        let region = try workload.region("sparse_private_every_7th_page")
        for page in 0..<256 {
            let found = workload.main.bytes(at: region.page(page))
            if page % 7 == 0 {
                let round = (1...3).last { $0 <= workload.rounds && $0 % 3 == page / 7 % 3 } ?? 0
                #expect(found.value == region.pattern("SPARSE", page, round), "page \(page)")
            } else if let round = (1...3).first(where: { $0 <= workload.rounds && $0 * 7 + 1 == page }) {
                #expect(found.value == region.pattern("SPARSE-NEW", page, round), "page \(page)")
            } else {
                #expect(found.absence?.reason == .pagesAbsent, "page \(page)")
            }
        }
    }

    @Test("Pages that were only read, or not to be read", arguments: KnownCheckpoint.snapshots)
    func untouchedPages(_ name: String) throws {
        let workload = try Workload(name)
        let (zeros, guarded) = (
            try workload.region("zero_page_read_only_touched"), try workload.region("prot_none_guard")
        )
        for page in 0..<8 {
            let found = workload.main.bytes(at: zeros.page(page))
            if name == "s390x" {
                // There are several zero pages on this machine, and CRIU takes them for data.
                #expect(found == .value(Array(repeating: 0, count: 4096)), "page \(page)")
            } else {
                #expect(found.absence?.reason == .pagesAbsent, "page \(page)")
            }
        }
        for page in 0..<4 {
            #expect(workload.main.bytes(at: guarded.page(page)).absence?.reason == .pagesAbsent, "page \(page)")
        }
    }

    @Test("The heap, across pages", arguments: KnownCheckpoint.snapshots)
    func heap(_ name: String) throws {
        let workload = try Workload(name)
        let record = try workload.truth.record("heap_pattern")
        let start = try UInt64(hexadecimalText: record.start ?? "")
        let bytes = try #require(workload.main.bytes(at: start..<(start + (record.len ?? 0))).value)
        #expect(bytes.count == 98304)
        for index in 0..<(bytes.count / 32) {
            let text = ByteText(Array(bytes[(index * 32)..<(index * 32 + 32)])).upToNUL
            let round = index % 128 == 0 ? index / 128 : 0
            let isRewritten = (1...3).contains(round) && round <= workload.rounds
            #expect(text.string == (isRewritten ? "HEAP-ROUND-" + padded(round) : "HEAP-PATTERN-" + padded(index)))
        }
    }

    @Test("Data, locals of threads and thread-local words", arguments: KnownCheckpoint.snapshots)
    func words(_ name: String) throws {
        let workload = try Workload(name)
        let global = try UInt64(hexadecimalText: try workload.truth.record("global", "g_data_string").addr ?? "")
        let text = workload.child.bytes(at: global..<(global + 64)).map { ByteText($0).upToNUL }
        #expect(text == .value("WL-CHILD-MODIFIED"))
        let threads = workload.truth.records.filter { $0.kind == "thread" }
        #expect(threads.count == 4)
        for thread in threads {
            let local = try UInt64(hexadecimalText: thread.localMarker ?? "")
            #expect(
                workload.main.bytes(at: local..<(local + 6)) == .value(Array("LOCAL-".utf8)), "\(thread.name ?? "")")
            let place = try UInt64(hexadecimalText: thread.tlsValueAddr ?? "")
            let bytes = try #require(workload.main.bytes(at: place..<(place + 8)).value)
            let ordered = name == "s390x" ? bytes : bytes.reversed()
            let word = ordered.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            #expect(try word == UInt64(hexadecimalText: thread.tlsValue ?? ""), "\(thread.name ?? "")")
        }
    }

    @Test("Through which snapshots pages are found")
    func levels() throws {
        let workload = try Workload("chain/3")
        var counts = Array(repeating: 0, count: 4)
        for (name, pages) in [("anon_private", 64), ("sparse_private_every_7th_page", 256)] {
            let region = try workload.region(name)
            for page in 0..<pages { counts[workload.level(of: region.page(page).lowerBound)] += 1 }
        }
        // As verify.json has it: in the dump, in its parent, in that one's parent, absent.
        #expect(counts == [59, 28, 16, 217])
    }
}
