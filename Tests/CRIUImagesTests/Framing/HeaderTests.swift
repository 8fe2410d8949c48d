import CheckpointTestSupport
import Testing

@testable import CRIUImages

@Suite("The words of an image")
struct HeaderTests {
    private let inventory = MessageBuilder().varint(1, 1)

    @Test("The common lead word, in both byte orders", arguments: ByteOrder.allCases)
    func commonLead(_ order: ByteOrder) throws {
        let image = ImageBuilder(.fdinfo, byteOrder: order).entry(Sample.fdinfo(1)).entry(Sample.fdinfo(2))
        #expect(image.bytes.prefix(4) == (order == .little ? [0x19, 0x43, 0x56, 0x54] : [0x54, 0x56, 0x43, 0x19]))
        let header = try image.open().header
        #expect(header == ImageHeader(kind: .fdinfo, byteOrder: order, isOldForm: false, entriesOffset: 8))
        let json = #"{"magic": "FDINFO", "entries": [\#(Sample.fdinfoJSON(1)), \#(Sample.fdinfoJSON(2))]}"#
        #expect(try image.plain() == json)
        #expect(try encode(json, byteOrder: order) == image.bytes)
    }

    @Test("The service lead word", arguments: ByteOrder.allCases)
    func serviceLead(_ order: ByteOrder) throws {
        let image = ImageBuilder(.irmapCache, byteOrder: order)
            .entry(MessageBuilder().varint(1, 1).varint(2, 2).text(3, "/x"))
        #expect(image.bytes.prefix(4) == (order == .little ? [0x40, 0x59, 0x10, 0x55] : [0x55, 0x10, 0x59, 0x40]))
        let header = try image.open().header
        #expect(header == ImageHeader(kind: .irmapCache, byteOrder: order, isOldForm: false, entriesOffset: 8))
        let json = #"{"magic": "IRMAP_CACHE", "entries": [{"dev": 1, "inode": 2, "path": "/x"}]}"#
        #expect(try image.plain() == json)
        #expect(try encode(json, byteOrder: order) == image.bytes)
    }

    @Test("The inventory has its magic word alone, and is no old form for that", arguments: ByteOrder.allCases)
    func magicAlone(_ order: ByteOrder) throws {
        let image = ImageBuilder(.inventory, byteOrder: order).entry(inventory)
        let header = try image.open().header
        #expect(header == ImageHeader(kind: .inventory, byteOrder: order, isOldForm: false, entriesOffset: 4))
        let json = #"{"magic": "INVENTORY", "entries": [{"img_version": 1}]}"#
        #expect(try image.plain() == json)
        #expect(try encode(json, byteOrder: order) == image.bytes)
    }

    @Test("Images of version 1.0 have no lead word", arguments: ByteOrder.allCases)
    func oldForm(_ order: ByteOrder) throws {
        let image = ImageBuilder(.fdinfo, byteOrder: order, hasLead: false).entry(Sample.fdinfo(1))
        let header = try image.open().header
        #expect(header == ImageHeader(kind: .fdinfo, byteOrder: order, isOldForm: true, entriesOffset: 4))
        let json = #"{"magic": "FDINFO", "framing": "old", "entries": [\#(Sample.fdinfoJSON(1))]}"#
        #expect(try image.plain() == json)
        #expect(try encode(json, byteOrder: order) == image.bytes)
        #expect(try encode(image.pretty(), byteOrder: order) == image.bytes)
    }

    @Test("An image may have no entries", arguments: [ImageKind.fdinfo, .pagemap, .ghostFile, .inventory, .stats])
    func headerOnly(_ kind: ImageKind) throws {
        let image = ImageBuilder(kind)
        #expect(try image.plain() == #"{"magic": "\#(kind.name)", "entries": []}"#)
        #expect(try image.pretty() == "{\n    \"magic\": \"\(kind.name)\",\n    \"entries\": []\n}")
        #expect(try encode(image.plain()) == image.bytes)
        #expect(try encode(image.pretty()) == image.bytes)
        #expect(try image.open().countEntries() == 0)
    }

    @Test("An entry may have no bytes")
    func emptyEntries() throws {
        let image = ImageBuilder(.seccomp).entry(MessageBuilder()).entry(MessageBuilder())
        #expect(try image.plain() == #"{"magic": "SECCOMP", "entries": [{}, {}]}"#)
        let pretty = "{\n    \"magic\": \"SECCOMP\",\n    \"entries\": [\n        {},\n        {}\n    ]\n}"
        #expect(try image.pretty() == pretty)
        #expect(try encode(image.plain()) == image.bytes)
        #expect(try encode(pretty) == image.bytes)
    }

    @Test("The magic word tells the kind, whatever the name", arguments: ["core-1.img", "pages-1.img", "x", ""])
    func wordsBeforeName(_ name: String) throws {
        let image = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1))
        #expect(try image.open(name: name).kind == .fdinfo)
    }

    @Test("The name tells the kinds of one magic word apart, under the names that CRIU's tool has for them")
    func sharedMagics() throws {
        let siginfo = MessageBuilder().bytes(1, [1, 2])
        let signal = ImageBuilder(.signal).entry(siginfo)
        #expect(try signal.open(name: "signal-s-1.img").kind == .signal)
        #expect(try signal.open(name: "signal-p-1.img").kind == .psignal)
        #expect(try signal.open(name: "else").kind == .signal)
        #expect(try encode(signal.plain(name: "signal-p-1.img")) == signal.bytes)
        let pages = ImageBuilder(.shmemPagemap).entry(MessageBuilder().varint(1, 1))
        #expect(try pages.open(name: "pagemap-shmem-7.img").kind == .pagemap)
        let formats = ImageBuilder(.binfmtMiscOld)
        #expect(try formats.open(name: "binfmt-misc-3.img").kind == .binfmtMisc)
    }
}
