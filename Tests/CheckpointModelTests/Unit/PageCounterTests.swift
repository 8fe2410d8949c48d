import CheckpointTestSupport
import Testing

@testable import CheckpointModel

@Suite("Counting the pages of areas")
struct PageCounterTests {
    @Test("The counts are those of counting page by page")
    func random() {
        var generator = SeededGenerator(printingSeedFor: "PageCounterTests.random")
        for _ in 0..<200 {
            let size: UInt64 = [4096, 65536].randomElement(using: &generator) ?? 4096
            let runs = randomRuns(size, &generator)
            let counter = PageCounter(runs, size)
            for _ in 0..<20 {
                let bounds = [UInt64.random(in: 0...150, using: &generator), .random(in: 0...150, using: &generator)]
                let area = ((bounds.min() ?? 0) * size)..<((bounds.max() ?? 0) * size)
                #expect(counter.pages(in: area) == naiveCount(runs, size, area), "seed \(generator.seed)")
            }
        }
    }

    @Test("No runs, no area, and the whole address space")
    func bounds() {
        #expect(PageCounter([], 4096).pages(in: 0..<UInt64.max) == PageCounts())
        let counter = PageCounter([PageRun(address: 0x1000, pageCount: 3, location: .parent)], 4096)
        #expect(counter.pages(in: 0x2000..<0x2000) == PageCounts())
        #expect(counter.pages(in: 0..<UInt64.max).parent == 3)
        #expect(counter.pages(in: 0x2000..<0x3000).parent == 1)
        #expect(counter.pages(in: 0x4000..<0x9000).parent == 0)
    }

    @Test("The counts of areas that the images give")
    func areas() throws {
        var source = MemorySource()
        let areas: [MessageBuilder] = [.area(0x1000, 0x4000), .area(0x4000, 0x8000), .area(0x8000, 0x9000)]
        let runs: [MessageBuilder] = [
            .run(0x2000, 3), .run(0x5000, 1, flags: 1), .run(0x6000, 1, flags: 2), .run(0x20000, 1),
        ]
        source.addMemory(.memory(areas: areas), runs: runs, pages: numberedPages(4))
        let memory = try source.memory().memory
        #expect(memory.segments.map(\.pages.present) == [2, 1, 0])
        #expect(memory.segments.map(\.pages.parent) == [0, 1, 0])
        #expect(memory.segments.map(\.pages.lazy) == [0, 1, 0])
        #expect(memory.pages.present == 3)
    }

    /// Runs at ascending addresses below 120 pages.
    private func randomRuns(_ size: UInt64, _ generator: inout SeededGenerator) -> [PageRun] {
        var runs: [PageRun] = []
        var page = UInt64.random(in: 0...5, using: &generator)
        while page < 120 {
            let count = UInt64.random(in: 1...8, using: &generator)
            let location = [PageRun.Location.image(offset: 0), .parent, .lazy, .hole(offset: 0), .lost]
                .randomElement(using: &generator)
            runs.append(PageRun(address: page * size, pageCount: count, location: location ?? .lazy))
            page += count + UInt64.random(in: 0...4, using: &generator)
        }
        return runs
    }

    private func naiveCount(_ runs: [PageRun], _ size: UInt64, _ area: Range<UInt64>) -> PageCounts {
        var counts = PageCounts()
        for run in runs {
            for address in run.addresses(size) where area.contains(address) {
                switch run.location {
                case .image, .hole, .compressed: counts.present += 1
                case .parent: counts.parent += 1
                case .lost: counts.lost += 1
                case .lazy: counts.lazy += 1
                }
            }
        }
        return counts
    }
}
