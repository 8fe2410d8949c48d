import CLZ4
import CheckpointTestSupport
import Testing

@testable import CheckpointModel

/// Pages in blocks of LZ4, as versions of CRIU after 4.2 write them.
@Suite("Compressed pages")
struct CompressedPagesTests {
    private let pages = numberedPages(5)

    @Test("A block for each page: packed, all zero, stored as it is")
    func blockPerPage() throws {
        let noise = noisyPage()
        let blocks = [packed(page(1)), [], noise, packed(page(3))]
        let (memory, checkpoint) = try open(blocks, pageCount: 4)
        let zeros: [UInt8] = Array(repeating: 0, count: 4096)
        #expect(memory.bytes(at: 0x1000..<0x5000) == .value(page(1) + zeros + noise + page(3)))
        #expect(memory.bytes(at: 0x1FFE..<0x2002) == .value([2, 2, 0, 0]))
        #expect(memory.pages.present == 4)
        #expect(badPageMaps(checkpoint) == [])
    }

    @Test("A block for a region of pages, the last one shorter")
    func blockPerRegion() throws {
        let blocks = [
            packed(Array(pages[..<8192])), packed(Array(pages[8192..<16384])), packed(Array(pages[16384...])),
        ]
        let (memory, checkpoint) = try open(blocks, pageCount: 5, regionPages: 2)
        #expect(memory.bytes(at: 0x1000..<0x6000) == .value(pages))
        #expect(memory.bytes(at: 0x5000..<0x5001) == .value([5]))
        #expect(badPageMaps(checkpoint) == [])
    }

    @Test("Runs that are not compressed stand between those that are")
    func mixed() throws {
        let block = packed(page(1))
        var source = MemorySource()
        source.addMemory(
            .memory(areas: [.area(0x1000, 0x9000)]),
            runs: [.run(0x1000, 1), run(0x2000, 1, [block]), .run(0x3000, 1)], pages: page(0) + block + page(2))
        let (memory, _) = try source.memory()
        #expect(memory.bytes(at: 0x1000..<0x4000) == .value(page(0) + page(1) + page(2)))
    }

    @Test("Blocks that are cut off or not LZ4 are damage, and the others are read")
    func damaged() throws {
        let blocks = [packed(page(0)), [0xFF, 0xFF, 0xFF], packed(page(2))]
        let (memory, _) = try open(blocks, pageCount: 3)
        #expect(memory.bytes(at: 0x1000..<0x2000) == .value(page(0)))
        #expect(memory.bytes(at: 0x2000..<0x3000).absence?.reason == .damaged)
        #expect(memory.bytes(at: 0x3000..<0x4000) == .value(page(2)))

        let (cut, checkpoint) = try open(blocks, pageCount: 3, cut: 1)
        #expect(cut.bytes(at: 0x3000..<0x4000).absence?.reason == .damaged)
        #expect(cut.bytes(at: 0x1000..<0x2000) == .value(page(0)))
        #expect(badPageMaps(checkpoint) == [1])
    }

    @Test(
        "Blocks that cannot be those of the pages",
        arguments: [
            (2, nil), (4, nil), (3, 2), (3, UInt64(UInt32.max)), (UInt64.max, 1),
        ] as [(UInt64, UInt64?)])
    func impossible(_ pageCount: UInt64, _ regionPages: UInt64?) throws {
        let (memory, checkpoint) = try open([[1], [2], [3]], pageCount: pageCount, regionPages: regionPages)
        #expect(memory.bytes(at: 0x1000..<0x1001).absence?.reason == .damaged)
        #expect(badPageMaps(checkpoint).contains(1))
    }

    /// The entries of page maps that are said to be wrong.
    private func badPageMaps(_ checkpoint: Checkpoint) -> [Int?] {
        checkpoint.problems.filter { $0.code == "bad-pagemap" }.map(\.entry)
    }

    // MARK: Making images

    private func page(_ index: Int) -> [UInt8] { Array(pages[(index * 4096)..<((index + 1) * 4096)]) }

    private func noisyPage() -> [UInt8] {
        var generator = SeededGenerator(seed: 7)
        return (0..<4096).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private func packed(_ bytes: [UInt8]) -> [UInt8] {
        let limit = LZ4_compressBound(Int32(bytes.count))
        return Array(unsafeUninitializedCapacity: Int(limit)) { buffer, count in
            bytes.withUnsafeBytes { source in
                count = buffer.withMemoryRebound(to: CChar.self) { target in
                    Int(
                        LZ4_compress_default(
                            source.bindMemory(to: CChar.self).baseAddress, target.baseAddress, Int32(bytes.count),
                            limit))
                }
            }
        }
    }

    private func run(
        _ address: UInt64, _ count: UInt64, _ blocks: [[UInt8]], regionPages: UInt64? = nil
    ) -> MessageBuilder {
        let run = blocks.reduce(MessageBuilder.run(address, count)) { $0.varint(6, UInt64($1.count)) }
        return regionPages.map { run.varint(8, $0) } ?? run
    }

    private func open(
        _ blocks: [[UInt8]], pageCount: UInt64, regionPages: UInt64? = nil, cut: Int = 0
    ) throws -> (memory: ProcessMemory, checkpoint: Checkpoint) {
        var source = MemorySource()
        source.addMemory(
            .memory(areas: [.area(0x1000, 0x10000)]),
            runs: [run(0x1000, pageCount, blocks, regionPages: regionPages)],
            pages: Array(blocks.joined().dropLast(cut)))
        return try source.memory()
    }
}
