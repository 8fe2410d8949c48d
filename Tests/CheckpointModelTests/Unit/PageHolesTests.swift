import Testing

@testable import CheckpointModel

@Suite("Runs divided at holes of the pages image")
struct PageHolesTests {
    private func divide(_ start: UInt64, _ pageCount: UInt64, _ holes: Range<Int>...) -> [PageRun] {
        PageHoles(holes, 0x1000)
            .divide(PageRun(address: 0x70000, pageCount: pageCount, location: .image(offset: start)))
    }

    @Test("Whole pages in holes are runs of their own, which go on with the entry")
    func middle() {
        #expect(
            divide(0x2000, 4, 0x3000..<0x4000) == [
                PageRun(address: 0x70000, pageCount: 1, location: .image(offset: 0x2000)),
                PageRun(address: 0x71000, pageCount: 1, location: .hole(offset: 0x3000), isContinuation: true),
                PageRun(address: 0x72000, pageCount: 2, location: .image(offset: 0x4000), isContinuation: true),
            ])
    }

    @Test("Holes that reach beyond the run, and parts of pages")
    func ends() {
        #expect(
            divide(0x2000, 3, 0..<0x3000, 0x3800..<0x9000) == [
                PageRun(address: 0x70000, pageCount: 1, location: .hole(offset: 0x2000)),
                PageRun(address: 0x71000, pageCount: 1, location: .image(offset: 0x3000), isContinuation: true),
                PageRun(address: 0x72000, pageCount: 1, location: .hole(offset: 0x4000), isContinuation: true),
            ])
        #expect(divide(0x2000, 1, 0x2800..<0x3000) == divide(0x2000, 1))
    }

    @Test("Pages behind compressed ones, other places, and numbers that no file has stay as they are")
    func whole() {
        let lazy = PageRun(address: 0, pageCount: 2, location: .lazy)
        #expect(PageHoles([0..<0x9000], 0x1000).divide(lazy) == [lazy])
        #expect(divide(0x2064, 2, 0x3000..<0x4000).map(\.pageCount) == [2])
        #expect(divide(0x2000, .max, 0x3000..<0x4000).map(\.location).count == 3)
    }
}
