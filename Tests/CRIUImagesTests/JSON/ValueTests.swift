import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("Values of fields")
struct ValueTests {
    /// Checks the JSON of an image's one entry in both forms, and that both are encoded back.
    private func check(_ image: ImageBuilder, plain: String, pretty: String) throws {
        let (found, shown) = (try image.plain(), try image.pretty())
        #expect(found.contains(plain), "\(found)")
        #expect(shown.contains(pretty), "\(shown)")
        #expect(try encode(found, byteOrder: image.byteOrder) == image.bytes)
        #expect(try encode(shown, byteOrder: image.byteOrder) == image.bytes)
    }

    @Test("An enum's values have names, others are numbers", arguments: [(1, #""REG""#), (0, #""UND""#), (99, "99")])
    func enums(_ value: UInt64, _ shown: String) throws {
        let message = MessageBuilder().varint(1, 1).varint(2, 0).varint(3, value).varint(4, 1)
        try check(ImageBuilder(.fdinfo).entry(message), plain: #""type": \#(shown),"#, pretty: #""type": \#(shown),"#)
    }

    @Test("An unknown value of an enum may be negative", arguments: [Int64(-1), Int64(Int32.min)])
    func negativeEnum(_ value: Int64) throws {
        let message = MessageBuilder().varint(1, 1).varint(2, 0).signed(3, value).varint(4, 1)
        try check(ImageBuilder(.fdinfo).entry(message), plain: #""type": \#(value),"#, pretty: #""type": \#(value),"#)
    }

    @Test("Negative numbers of 32 bits take ten bytes", arguments: [Int64(-1), Int64(Int32.min), 0, Int64(Int32.max)])
    func negativeNumbers(_ value: Int64) throws {
        let message = MessageBuilder().varint(1, 0).varint(2, 0).signed(3, value).signed(4, 0).signed(5, 0).signed(6, 0)
        try check(ImageBuilder(.fileLocks).entry(message), plain: #""pid": \#(value),"#, pretty: #""pid": \#(value),"#)
    }

    @Test("Numbers of 64 bits", arguments: [Int64.min, -1, 0, .max])
    func wideNumbers(_ value: Int64) throws {
        let message = MessageBuilder().varint(1, 0).varint(2, 0).signed(3, 0).signed(4, 0).signed(5, value).signed(6, 0)
        try check(
            ImageBuilder(.fileLocks).entry(message), plain: #""start": \#(value),"#, pretty: #""start": \#(value),"#)
    }

    @Test("Numbers with the sign in the lowest bit", arguments: [Int64(Int32.min), -1, 0, 1, Int64(Int32.max)])
    func zigzag(_ value: Int64) throws {
        let file = Sample.file(name: Array("/".utf8)).zigzag(7, value)
        try check(ImageBuilder(.regFiles).entry(file), plain: #""mnt_id": \#(value)}"#, pretty: #""mnt_id": \#(value)"#)
    }

    @Test("Wide numbers with the sign in the lowest bit", arguments: [Int64.min, -1, 0, 1, .max])
    func wideZigzag(_ value: Int64) throws {
        let area = (UInt32(1)...7).reduce(MessageBuilder()) { $0.varint($1, 0) }.zigzag(8, value)
        try check(ImageBuilder(.vmas).entry(area), plain: #""fd": \#(value)}"#, pretty: #""fd": \#(value)"#)
    }

    @Test("Double words, repeated")
    func fixed64() throws {
        let options = MessageBuilder(Sample.socketOptions.bytes).fixed64(16, 0).fixed64(16, .max).fixed64(16, 6)
        var message = (UInt32(1)...8).reduce(MessageBuilder()) { $0.varint($1, 1) }
        message = message.message(9, Sample.owner).message(10, options).bytes(11, [])
        let filter = [UInt64(0), .max, 6]
        try check(
            ImageBuilder(.unixsk).entry(message), plain: #""so_filter": \#(filter)}"#,
            pretty: "\"so_filter\": [\n                    0,\n                    \(UInt64.max),\n")
    }

    @Test("Numbers that are packed are read, as other writers of protobuf may write them")
    func packed() throws {
        let process = (UInt32(1)...4).reduce(MessageBuilder()) { $0.varint($1, 1) }
        let image = ImageBuilder(.pstree).entry(process.bytes(5, [1, 0xAC, 0x02]))
        #expect(try image.plain().contains(#""threads": [1, 300]}"#))
        #expect(try encode(image.plain()) == ImageBuilder(.pstree).entry(process.varint(5, 1).varint(5, 300)).bytes)
    }

    @Test("True and false")
    func bool() throws {
        for (value, word) in [(UInt64(0), "false"), (1, "true")] {
            let image = ImageBuilder(.ghostFile)
                .entry(MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0).varint(9, value))
            try check(image, plain: #""chunks": \#(word)"#, pretty: #""chunks": \#(word)"#)
        }
    }

    private static let texts: [([UInt8], String)] = [
        ([], ""), (Array("plain".utf8), "plain"), ([0x61, 0, 0x62], #"a\u0000b"#), ([0], #"\u0000"#),
        ([0x1B, 0x5B, 0x33, 0x31, 0x6D, 0x0A, 0x0D, 0x09, 0x7F], #"\u001b[31m\n\r\t\u007f"#),
        (Array("\"\\/".utf8), #"\"\\/"#), ([0xFF, 0xFE], #"\udcff\udcfe"#),
        ([0xED, 0xA0, 0x80], #"\udced\udca0\udc80"#),
        ([0xC0, 0x80], #"\udcc0\udc80"#), (Array("é漢\u{1F600}\u{202E}".utf8), #"\u00e9\u6f22\ud83d\ude00\u202e"#),
        ([0xE2, 0x82], #"\udce2\udc82"#), ([0x61, 0xC3], #"a\udcc3"#),
    ]

    @Test("Text of any bytes", arguments: texts)
    func text(_ bytes: [UInt8], _ shown: String) throws {
        let image = ImageBuilder(.regFiles).entry(Sample.file(name: bytes))
        try check(image, plain: #""name": "\#(shown)"}"#, pretty: #""name": "\#(shown)""#)
    }

    @Test("Names of Unix sockets are quoted-printable in both forms")
    func socketName() throws {
        var message = (UInt32(1)...8).reduce(MessageBuilder()) { $0.varint($1, 1) }
        message = message.message(9, Sample.owner).message(10, Sample.socketOptions)
        let image = ImageBuilder(.unixsk).entry(message.bytes(11, [0, 0x61, 0x3D, 0xFF, 0x22, 0x0A]))
        try check(image, plain: #""name": "=00a=3D=FF\"\n""#, pretty: #""name": "=00a=3D=FF\"\n""#)
    }
}
