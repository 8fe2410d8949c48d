import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import Testing

/// Images of deleted files that are damaged, or lie.
@Suite("Damaged images of deleted files")
struct GhostDamageTests {
    private static let head = MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0o100644)

    private func open(_ image: ImageBuilder) -> Checkpoint {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["ghost-file-1f.img"] = image
        return source.open()
    }

    private func chunked(size: UInt64) -> ImageBuilder {
        ImageBuilder(.ghostFile).entry(Self.head.varint(9, 1).varint(10, size))
    }

    private func chunk(_ offset: UInt64, _ bytes: [UInt8]) -> MessageBuilder {
        MessageBuilder().varint(1, UInt64(bytes.count)).varint(2, offset)
    }

    @Test("A ghost that nothing refers to is found by the name of its image")
    func orphan() throws {
        let checkpoint = open(ImageBuilder(.ghostFile).entry(Self.head, payload: Array("left behind".utf8)))
        let ghost = try #require(checkpoint.ghost(31))
        #expect(ghost.files.isEmpty && ghost.path.absence?.reason == .notRecorded)
        #expect(ghost.content.value?.prefix(100) == Array("left behind".utf8))
        #expect(checkpoint.ghost(30) == nil && checkpoint.ghost(32) == nil)
    }

    @Test("Chunks with holes, beyond 4 GiB")
    func holes() throws {
        let image = chunked(size: 6 << 30).entry(chunk(5 << 30, [1, 2]), payload: [1, 2])
        let content = try #require(open(image).ghost(31)?.content.value)
        var pieces: [UInt64] = []
        content.forEachPiece { offset, _ in pieces.append(offset) }
        #expect(content.size == 6 << 30 && pieces == [5 << 30] && content.missingCount == 0)
    }

    @Test("Chunks that overlap or lie beyond the end are left out, and said")
    func overlap() throws {
        let image = chunked(size: 8).entry(chunk(0, [1, 2]), payload: [1, 2]).entry(chunk(1, [9]), payload: [9])
            .entry(chunk(7, [3, 4]), payload: [3, 4]).entry(chunk(6, [5]), payload: [5])
        let checkpoint = open(image)
        #expect(try #require(checkpoint.ghost(31)?.content.value).prefix(99) == [1, 2, 0, 0, 0, 0, 5, 0])
        let problems = problems(of: checkpoint)
        #expect(problems.map(\.code) == ["bad-chunk", "bad-chunk"] && problems.map(\.entry) == [2, 3])
    }

    @Test("After damage the rest of the file is missing, not zero")
    func truncated() throws {
        let image = chunked(size: 8).entry(chunk(0, [1, 2]), payload: [1, 2]).entry(chunk(4, [5, 6]), payload: [5])
        let checkpoint = open(image)
        let content = try #require(checkpoint.ghost(31)?.content.value)
        #expect(content.missingCount == 6 && content.absence?.reason == .damaged)
        #expect(content.sha256.absence?.reason == .damaged)
        #expect(problems(of: checkpoint).map(\.code) == ["truncated-payload"])
    }

    @Test("A whole ghost that is shorter than the open file")
    func short() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        let nobody = (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }
        let file = MessageBuilder().varint(1, 7).varint(2, 0).varint(3, 0).message(5, nobody).text(6, "/x").varint(8, 9)
        source["files.img"] = ImageBuilder(.files).entry(MessageBuilder().varint(1, 1).varint(2, 7).message(3, file))
        source["remap-fpath.img"] = ImageBuilder(.remapFpath).entry(
            MessageBuilder().varint(1, 7).varint(2, 1).varint(3, 1))
        source["ghost-file-1.img"] = ImageBuilder(.ghostFile).entry(Self.head, payload: [1, 2, 3])
        let checkpoint = source.open()
        let content = try #require(checkpoint.ghost(1)?.content.value)
        #expect(content.size == 9 && content.missingCount == 6)
        #expect(problems(of: checkpoint).map(\.code) == ["truncated-payload"])
    }

    @Test("An image of another kind under the name")
    func otherKind() {
        let checkpoint = open(ImageBuilder(.fs).entry(MessageBuilder().varint(1, 1).varint(2, 1)))
        #expect(checkpoint.ghosts.isEmpty)
        #expect(problems(of: checkpoint).map(\.code) == ["unexpected-kind"])
    }

    /// The problems with the images of deleted files.
    private func problems(of checkpoint: Checkpoint) -> [Problem] {
        checkpoint.problems.filter { $0.image.hasPrefix("ghost-") }
    }
}
