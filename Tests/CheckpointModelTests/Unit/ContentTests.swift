import CRIUImages
import Testing

@testable import CheckpointModel

@Suite("Content in pieces")
struct ContentTests {
    private func piece(_ offset: UInt64, _ bytes: [UInt8]) -> Content.Piece {
        Content.Piece(offset: offset, count: UInt64(bytes.count), bytes: .value(ImageBytes(bytes)))
    }

    @Test("Holes read as zeros")
    func holes() {
        let content = Content(size: 10, pieces: [piece(2, [1, 2]), piece(6, [3])])
        let whole: [UInt8] = [0, 0, 1, 2, 0, 0, 3, 0, 0, 0]
        #expect(content.prefix(100) == whole)
        #expect(content.prefix(3) == [0, 0, 1])
        #expect(content.prefix(5) == [0, 0, 1, 2, 0])
        #expect(content.prefix(-1) == [])
        #expect(content.sha256 == .value(sha256(whole)))
        #expect(content.missingCount == 0)
    }

    @Test("What is missing is not taken for zeros")
    func missing() {
        let gap = Content.Piece(offset: 1, count: 2, bytes: .missing(Absence(.pagesLazy, "left behind")))
        let content = Content(size: 4, pieces: [piece(0, [9]), gap, piece(3, [8])])
        #expect(content.prefix(4) == [9])
        #expect(content.missingCount == 2)
        #expect(content.sha256.absence?.reason == .pagesLazy)
        var seen: [UInt64] = []
        content.forEachPiece { offset, _ in seen.append(offset) }
        #expect(seen == [0, 3])
    }

    @Test("A hole as large as a number allows is not digested")
    func hugeHole() {
        #expect(Content(size: .max, pieces: []).sha256.absence?.reason == .unsupported)
        #expect(Content(size: 0, pieces: []).sha256 == .value(sha256([])))
    }
}
