import CRIUImages
import CheckpointTestSupport
import Foundation
import SystemPackage
import Testing

@Suite("Damage to entries")
struct EntryDamageTests {
    /// An image with one whole entry, which ends at byte 20.
    private static let whole = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1))

    private static func fdinfo(
        _ description: String, _ image: ImageBuilder, _ code: ImageError.Code, at offset: Int, word: String
    ) -> DamageCase {
        DamageCase(description, image, .fdinfo, code, entry: 1, at: offset, word: word)
    }

    private static let sizeCases =
        (1...3).map { count in
            fdinfo(
                "a size word of \(count) bytes", whole.raw(Array(repeating: 0, count: count)), .truncatedSize, at: 20,
                word: "size word")
        }
        + [9, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF].map { (size: UInt32) in
            var image = whole
            image.append(word: size)
            image.append(Sample.fdinfo(2).bytes)
            return fdinfo("a size of \(size)", image, .sizeBeyondEnd, at: 20, word: "\(size) bytes")
        }

    /// The damaged message begins at byte 24.
    private static func message(
        _ description: String, _ message: MessageBuilder, _ code: ImageError.Code, at offset: Int, word: String
    ) -> DamageCase {
        fdinfo(description, whole.entry(message).entry(Sample.fdinfo(3)), code, at: offset, word: word)
    }

    private static let start = MessageBuilder().varint(1, 1).varint(2, 0)

    private static let messageCases = [
        message(
            "a number of eleven bytes", start.raw([0x18] + Array(repeating: 0xFF, count: 10) + [1]), .malformedMessage,
            at: 28, word: "10 bytes"),
        message(
            "a number that is cut off", start.raw([0x18, 0x80]), .malformedMessage, at: 28, word: "beyond the end"),
        message("a tag that is cut off", start.raw([0x80]), .malformedMessage, at: 28, word: "beyond the end"),
        message("field number 0", start.raw([0x00, 0x01]), .malformedMessage, at: 28, word: "field number"),
        message("the begin of a group", start.raw([0x1B]), .malformedMessage, at: 28, word: "wire type 3"),
        message("the end of a group", start.raw([0x1C]), .malformedMessage, at: 28, word: "wire type 4"),
        message("wire type 6", start.raw([0x1E]), .malformedMessage, at: 28, word: "wire type 6"),
        message("wire type 7", start.raw([0x1F]), .malformedMessage, at: 28, word: "wire type 7"),
        message("a word for a number", start.fixed32(3, 1), .malformedMessage, at: 28, word: "fdinfo_entry.type"),
        message("a double word for a number", start.fixed64(3, 1), .malformedMessage, at: 28, word: "fixed64"),
        message("bytes for a number", start.text(3, "\u{1}"), .malformedMessage, at: 28, word: "fdinfo_entry.type"),
        message("a number for bytes", Sample.fdinfo(1).varint(5, 1), .malformedMessage, at: 32, word: "varint"),
        message(
            "a word that is cut off", start.raw([0x7D, 1, 2, 3]), .malformedMessage, at: 28, word: "beyond the end"),
        message(
            "bytes that are cut off", Sample.fdinfo(1).raw([0x2A, 2, 0x61]), .malformedMessage, at: 32,
            word: "beyond the end"),
        message(
            "a length of 64 bits", Sample.fdinfo(1).tag(5, wireType: 2).raw(varintBytes(.max)), .malformedMessage,
            at: 32, word: "beyond the end"),
        message("no bytes", MessageBuilder(), .missingField, at: 24, word: "field id of fdinfo_entry"),
        message("a missing field", start.varint(4, 1), .missingField, at: 24, word: "field type of fdinfo_entry"),
    ]

    @Test("Size words", arguments: sizeCases)
    func sizeWords(_ damage: DamageCase) throws {
        try damage.check()
    }

    @Test("Messages", arguments: messageCases)
    func messages(_ damage: DamageCase) throws {
        try damage.check()
    }

    @Test("An entry of 2 GiB is refused, even if the file has that many bytes")
    func hugeEntry() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "cryoscope-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        var image = EntryDamageTests.whole
        image.append(word: 1 << 31)
        try Data(image.bytes).write(to: url)
        // A hole: it takes no space.
        try FileHandle(forWritingTo: url).truncate(atOffset: 1 << 31 + 64)
        let found = try ImageFile(path: FilePath(url.path)).records(FdinfoEntry.self)
        #expect(found.records.count == 1)
        #expect(found.damage?.code == .sizeBeyondEnd)
        #expect(found.damage?.offset == 20)
    }

    /// A `core_entry` with a broken message three levels down, and the offset of its bytes in the image.
    private static let nested: [DamageCase] = {
        let inner = MessageBuilder().varint(1, 5)
        let timers = MessageBuilder().message(1, inner)
        let place = MessageBuilder().varint(1, 1).tag(3, wireType: 2)
        let lost = ImageBuilder(.core).entry(place.raw(varintBytes(UInt64(timers.bytes.count + 2))).message(7, timers))
        let cut = ImageBuilder(.core).entry(place.raw([4, 0x3A, 2, 0x0A, 2]))
        return [
            DamageCase("nested", lost, .core, .missingField, entry: 0, at: 20, word: "field iusec of itimer_entry"),
            DamageCase("cut", cut, .core, .malformedMessage, entry: 0, at: 18, word: "task_timers_entry"),
        ]
    }()

    @Test("Messages in messages", arguments: nested)
    func nestedMessages(_ damage: DamageCase) throws {
        try damage.check()
    }

    @Test("An image that is cut anywhere gives the entries before the cut")
    func everyCut() throws {
        let bytes = EntryDamageTests.whole.entry(Sample.fdinfo(2)).entry(Sample.fdinfo(3)).bytes
        for end in 8...bytes.count {
            let image = try ImageFile(ImageBytes(Array(bytes.prefix(end))), name: "x")
            let found = image.records(FdinfoEntry.self)
            #expect(found.records.map(\.id) == Array([1, 2, 3].prefix((end - 8) / 12)))
            #expect((found.damage == nil) == ((end - 8) % 12 == 0))
        }
    }
}
