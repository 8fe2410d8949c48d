import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CRIUImages

@Suite("Stepping through entries")
struct EntryCursorTests {
    @Test("Every entry has its place")
    func places() throws {
        let image = try ImageBuilder(.pipesData)
            .entry(MessageBuilder().varint(1, 1).varint(2, 3), payload: [1, 2, 3])
            .entry(MessageBuilder().varint(1, 2).varint(2, 0))
            .open()
        var cursor = image.entries()
        #expect(cursor.index == -1)
        #expect(try cursor.next())
        #expect(cursor.index == 0)
        #expect(cursor.offset == 8)
        #expect(cursor.messageRange == 12..<16)
        #expect(cursor.payload == .bytes(16..<19, padding: 19..<19))
        #expect(cursor.withMessage { PipeDataEntry(parsing: $0).pipeId } == 1)
        #expect(try cursor.next())
        #expect(cursor.index == 1)
        #expect(cursor.offset == 19)
        #expect(cursor.messageRange == 23..<27)
        #expect(cursor.payload == .bytes(27..<27, padding: 27..<27))
        #expect(try !cursor.next())
        #expect(try !cursor.next())
    }

    @Test("After damage there are no more entries")
    func damage() throws {
        let image = try ImageBuilder(.fdinfo).entry(Sample.fdinfo(1)).raw([1, 0]).open(name: "fdinfo-2.img")
        var cursor = image.entries()
        #expect(try cursor.next())
        #expect(throws: ImageError(.truncatedSize, "", image: "fdinfo-2.img", kind: .fdinfo, entry: 1, at: 20)) {
            try cursor.next()
        }
        #expect(try !cursor.next())
    }

    @Test("Records of one type are taken, up to the damage")
    func records() throws {
        let run = MessageBuilder().varint(1, 0x1000).varint(2, 1)
        let image = try ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 9)).entry(run).entry(run).raw([0xFF])
            .open()
        let found = image.records(PagemapEntry.self)
        #expect(found.records.map(\.vaddr) == [0x1000, 0x1000])
        #expect(found.damage?.code == .truncatedSize)
        #expect(found.damage?.entry == 3)
        #expect(image.records(PagemapHead.self).records.map(\.pagesId) == [9])
    }

    @Test("Many entries take no more memory than one: an earlier message is overwritten by the next")
    func manyEntries() throws {
        var image = ImageBuilder(.utsns)
        for number in 0..<500 {
            image.append(MessageBuilder().text(1, "node\(number)").bytes(2, Array(repeating: 0x61, count: number * 40)))
        }
        let names = try image.open().records(UtsnsEntry.self)
        #expect(names.damage == nil)
        for (number, record) in names.records.enumerated() {
            #expect(record.nodename == ByteText("node\(number)"))
            #expect(record.domainname.count == number * 40)
        }
        #expect(names.records.count == 500)
    }
}
