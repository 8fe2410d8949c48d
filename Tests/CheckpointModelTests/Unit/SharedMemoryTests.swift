import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Shared memory in images written by hand: parents, lazy and lost pages, segments within their image.
@Suite("Shared memory objects")
struct SharedMemoryTests {
    /// A memfd of four pages, whose page map has the given runs.
    private func source(_ runs: [MessageBuilder], pages: [UInt8], size: UInt64 = 4 * 4096) -> MemorySource {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["memfd.img"] = ImageBuilder(.memfdInode).entry(
            MessageBuilder().text(1, "stage").varint(2, 0).varint(3, 0).varint(4, size).varint(5, 77).varint(6, 1)
                .varint(7, 1))
        source.addShared(runs, pages)
        return source
    }

    private func object(_ source: MemorySource) throws -> (SharedMemoryObject, Content, Checkpoint) {
        let checkpoint = source.open()
        let object = try #require(checkpoint.sharedMemory(77))
        return (object, try #require(object.content.value), checkpoint)
    }

    @Test("Pages that no process wrote are holes")
    func holes() throws {
        let (object, content, _) = try object(source([.run(4096, 1), .run(12288, 1)], pages: numberedPages(2)))
        #expect(object.pages.value?.present == 2 && content.missingCount == 0)
        let bytes = content.prefix(1 << 20)
        #expect(bytes.count == 16384 && bytes[0] == 0 && bytes[4096] == 1 && bytes[8192] == 0 && bytes[12288] == 2)
    }

    @Test("The last page is cut at the size")
    func size() throws {
        let (object, content, _) = try object(source([.run(0, 1)], pages: numberedPages(1), size: 100))
        #expect(content.size == 100 && content.prefix(1 << 20) == Array(repeating: 1, count: 100))
        #expect(object.pages.value?.present == 1)
    }

    @Test("Pages of a parent snapshot, newer ones in between")
    func parent() throws {
        var child = source([.run(0, 1, flags: 1), .run(4096, 1), .run(8192, 2, flags: 1)], pages: numberedPages(1))
        var parent = MemorySource()
        parent.addShared([.run(0, 4)], numberedPages(4).map { $0 + 10 })
        child.parents = [parent]
        let (object, content, checkpoint) = try object(child)
        let bytes = content.prefix(1 << 20)
        #expect([bytes[0], bytes[4096], bytes[8192], bytes[12288]] == [11, 1, 13, 14])
        #expect(object.pages.value?.parent == 3)
        #expect(checkpoint.problems.allSatisfy { !$0.image.contains("shmem") })
    }

    @Test("A parent that is not there, lazy pages, and a pages image that is too short: missing, each with its reason")
    func missing() throws {
        let runs: [MessageBuilder] = [.run(0, 1, flags: 1), .run(4096, 1, flags: 2), .run(8192, 2)]
        let (object, content, checkpoint) = try object(source(runs, pages: numberedPages(1)))
        #expect(content.missingCount == 3 * 4096)
        #expect(content.pieces.compactMap(\.bytes.absence?.reason) == [.noImage, .pagesLazy, .damaged])
        let counts = try #require(object.pages.value)
        #expect([counts.present, counts.parent, counts.lazy, counts.lost] == [1, 1, 1, 1])
        #expect(!checkpoint.problems.isEmpty)
    }

    @Test("A System V segment whose content is in its own image")
    func inlineSegment() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        let description = MessageBuilder().varint(1, 0xABC).varint(2, 0).varint(3, 0).varint(4, 0).varint(5, 0)
            .varint(6, 0o600).varint(7, 5)
        source["ipcns-shm-9.img"] = ImageBuilder(.ipcnsShm).entry(
            MessageBuilder().message(1, description).varint(2, 6), payload: Array("sixsix".utf8) + [0, 0])
        let checkpoint = source.open()
        let object = try #require(checkpoint.sharedMemory(5))
        #expect(object.kind == .sysv && object.key == 0xABC && object.name == "/SYSV00000abc (deleted)")
        #expect(object.content.value?.prefix(99) == Array("sixsix".utf8))
        #expect(checkpoint.problems.allSatisfy { !$0.image.contains("shm") })
    }

    @Test("Anonymous memory of old images is as large as what is mapped or written")
    func oldAnonymous() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        let area = MessageBuilder().varint(1, 0x10000).varint(2, 0x13000).varint(3, 4096).varint(4, 77).varint(5, 3)
            .varint(6, 0x21).varint(7, 0x101).zigzag(8, -1)
        source["mm-1.img"] = ImageBuilder(.mm).entry(.memory(areas: [area]))
        source.addPages([], [])
        source.addShared([.run(0, 2)], numberedPages(2))
        let checkpoint = source.open()
        let object = try #require(checkpoint.sharedMemory(77))
        #expect(object.kind == .anonymous && object.size == .value(16384))
        #expect(object.mappings == [.init(pid: 1, addresses: 0x10000..<0x13000, offset: 4096, isShared: true)])
        let process = try #require(checkpoint.process(1))
        let memory = try #require(checkpoint.memory(of: process).value)
        let segment = try #require(memory.segments.first)
        #expect(segment.sharedMemory?.pages.value?.present == 1)
        #expect(segment.absentPages.count(pageSize: 4096) == 2 && segment.absentPages.reason == .neverWritten)
    }

    @Test("Sizes that no memory has cost nothing")
    func hugeSize() throws {
        let (_, content, _) = try object(source([.run(0, 1)], pages: numberedPages(1), size: .max))
        #expect(content.size == .max && content.sha256.absence?.reason == .unsupported)
    }
}

extension MemorySource {
    /// Sets the page runs of the shared memory 77.
    fileprivate mutating func addShared(_ runs: [MessageBuilder], _ pages: [UInt8]) {
        let head = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 9))
        self["pagemap-shmem-77.img"] = runs.reduce(head) { $0.entry($1) }
        images["pages-9.img"] = pages
    }
}
