import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointAnalysis

@Suite("Search across borders")
struct BorderTests {
    private let text = "needle in memory"

    /// A checkpoint with two pages of memory from 0x10000 on, the text across their border.
    private func halves(_ make: ([UInt8], [UInt8]) throws -> MadeCheckpoint) throws -> MadeCheckpoint {
        try make(page(text, at: 4090), page(text, at: -6))
    }

    private func expectOne(_ made: MadeCheckpoint) throws {
        let expected = [Hit(0x10FFA, 16)]
        #expect(try hits(made.checkpoint, text: text) == expected)
        #expect(try hits(made.checkpoint, expression: "needle [a-z ]+") == expected)
        #expect(try hits(made.checkpoint, expression: "(?<=\\x00)needle in memory(?=\\x00)") == expected)
    }

    @Test("Pages of a run")
    func pages() throws {
        try expectOne(
            halves {
                try MadeCheckpoint(
                    areas: [.area(0x10000, 0x12000)], [.init(runs: [.run(0x10000, 2)], pages: $0 + $1)])
            })
    }

    @Test("Runs and areas")
    func runs() throws {
        try expectOne(
            halves {
                try MadeCheckpoint(
                    areas: [.area(0x10000, 0x11000), .area(0x11000, 0x12000)],
                    [.init(runs: [.run(0x10000, 1), .run(0x11000, 1)], pages: $0 + $1)])
            })
    }

    @Test("Snapshots, either way")
    func snapshots() throws {
        for isFirstOld in [true, false] {
            try expectOne(
                halves { first, second in
                    try MadeCheckpoint(
                        areas: [.area(0x10000, 0x12000)],
                        [
                            .init(
                                runs: [
                                    .run(0x10000, 1, flags: isFirstOld ? 1 : 4),
                                    .run(0x11000, 1, flags: isFirstOld ? 4 : 1),
                                ], pages: isFirstOld ? second : first),
                            .init(runs: [.run(0x10000, 2)], pages: isFirstOld ? first + page() : page() + second),
                        ])
                })
        }
    }

    @Test("Shared memory next to memory of one's own, either way")
    func shared() throws {
        for isFirstShared in [true, false] {
            let made = try halves { first, second in
                try MadeCheckpoint(
                    areas: [
                        .area(0x10000, 0x11000, status: isFirstShared ? 0x101 : 0x201, object: isFirstShared ? 7 : 0),
                        .area(0x11000, 0x12000, status: isFirstShared ? 0x201 : 0x101, object: isFirstShared ? 0 : 7),
                    ],
                    [
                        .init(
                            runs: [.run(isFirstShared ? 0x11000 : 0x10000, 1)], pages: isFirstShared ? second : first)
                    ],
                    shared: [7: .init(runs: [.run(0, 1)], pages: isFirstShared ? first : second)])
            }
            try expectOne(made)
        }
    }

    @Test("Shared memory is searched once, and names who maps it")
    func once() throws {
        let made = try MadeCheckpoint(
            areas: [
                .area(0x10000, 0x11000, status: 0x101, object: 7), .area(0x11000, 0x12000, status: 0x101, object: 7),
            ], [.init(runs: [], pages: [])],
            shared: [7: .init(runs: [.run(0, 1)], pages: page(text, at: 100))])
        let found = try search(made.checkpoint, SearchPattern(text: text))
        #expect(found.map(Hit.init) == [Hit(pid: 0, 100, 16)])
        #expect(found[0].mappings.map(\.address) == [0x10064, 0x11064])
        #expect(
            found[0].origin == .object(id: 7, "/dev/zero (deleted)", snapshot: 0, image: "pages-107.img", offset: 100))
    }

    @Test("What absent memory parts is not one")
    func gaps() throws {
        let made = try halves {
            try MadeCheckpoint(
                areas: [.area(0x10000, 0x13000)],
                [.init(runs: [.run(0x10000, 1), .run(0x12000, 1)], pages: $0 + $1)])
        }
        #expect(try hits(made.checkpoint, text: text).isEmpty)
        #expect(try hits(made.checkpoint, text: "needle") == [Hit(0x10FFA, 6)])
    }

    @Test("The very first and the very last bytes; overlaps; limits")
    func ends() throws {
        let made = try MadeCheckpoint(
            areas: [.area(0x10000, 0x11000)],
            [.init(runs: [.run(0x10000, 1)], pages: Array("aaaa".utf8) + page()[8...] + Array("aaaa".utf8))])
        let expected = [0x10000, 0x10001, 0x10002, 0x10FFC, 0x10FFD, 0x10FFE].map { Hit($0, 2) }
        #expect(try hits(made.checkpoint, text: "aa") == expected)
        #expect(try hits(made.checkpoint, text: "aa", limit: 4) == Array(expected[..<4]))
        #expect(try hits(made.checkpoint, expression: "^a+|a+$") == [Hit(0x10000, 4), Hit(0x10FFC, 4)])
        #expect(try hits(made.checkpoint, expression: "a{2}").map(\.address) == [0x10000, 0x10002, 0x10FFC, 0x10FFE])
        #expect(try hits(made.checkpoint, expression: "z*").isEmpty)
    }

    @Test("Addresses at the end of what there is, and areas of hostile sizes")
    func hostile() throws {
        let last = UInt64.max & ~0xFFF - 0x1000
        let made = try MadeCheckpoint(
            areas: [.area(0x10000, last + 0x1000), .area(0x20000, 0x1_0000_0000_0000)],
            [.init(runs: [.run(0x20000, 1), .run(last, 1)], pages: page(text, at: 5) + page(text, at: 4080))])
        #expect(try hits(made.checkpoint, text: text) == [Hit(0x20005, 16), Hit(last + 4080, 16)])
        #expect(try hits(made.checkpoint, expression: "need.*y") == [Hit(0x20005, 16), Hit(last + 4080, 16)])
    }
}
