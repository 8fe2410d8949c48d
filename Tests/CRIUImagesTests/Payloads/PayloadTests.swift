import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

@Suite("Payloads")
struct PayloadTests {
    private func kind(_ test: PayloadCase) throws -> ImageKind {
        try test.image.open().kind
    }

    @Test("Are shown, and encoded back", arguments: PayloadCase.all)
    func plain(_ test: PayloadCase) throws {
        let json = #"{"magic": "\#(try kind(test).name)", "entries": [\#(test.entries)]}"#
        #expect(try test.image.plain() == json)
        #expect(try encode(json, byteOrder: test.image.byteOrder) == test.image.bytes)
    }

    @Test("Are the same in the form for people", arguments: PayloadCase.all)
    func pretty(_ test: PayloadCase) throws {
        let pretty = try test.image.pretty()
        #expect(try encode(pretty, byteOrder: test.image.byteOrder) == test.image.bytes)
        let shown = try entries(pretty).map { $0["extra"] as? NSObject }
        #expect(shown == (try entries(test.image.plain()).map { $0["extra"] as? NSObject }))
    }

    private func entries(_ json: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        return try #require(object?["entries"] as? [[String: Any]])
    }

    @Test("Can be left out, which leaves all else", arguments: PayloadCase.all)
    func leftOut(_ test: PayloadCase) throws {
        let form = JSONForm(try test.image.open(), showsPayload: false)
        #expect(form.damage == nil)
        let (short, long) = (try entries(form.text), try entries(test.image.plain()))
        #expect(short.count == long.count)
        for (short, long) in zip(short, long) {
            let isGhost = try kind(test) == .ghostFile
            #expect((short["extra"] != nil) == (long["extra"] != nil && !isGhost))
            #expect(short["padding"] == nil)
            let rest = long.filter { $0.key != "extra" && $0.key != "padding" }
            #expect(short.filter { $0.key != "extra" } as NSDictionary == rest as NSDictionary)
        }
    }

    @Test("A queue's messages are shown in the form of one line, as CRIU's tool does, but indented")
    func prettyMessages() throws {
        let test = try #require(PayloadCase.all.first { $0.description.hasPrefix("message queues") })
        let expected = """
                        "extra": [
                            {
                                "mtype": 5,
                                "msize": 3
                            },
                            "YWJj\\n",
            """
        #expect(try test.image.pretty().contains(expected))
    }

    @Test("The cursor tells where they are")
    func ranges() throws {
        let test = try #require(PayloadCase.all.first { $0.description.hasPrefix("message queues") })
        var cursor = try test.image.open().entries()
        #expect(try cursor.next())
        guard case .messages(let messages) = cursor.payload else {
            Issue.record("\(cursor.payload)")
            return
        }
        // The number of the last message's type has ten bytes.
        let sizes: [(header: Int, text: Int, padding: Int)] = [(4, 3, 5), (4, 8, 0), (13, 6, 2)]
        var offset = cursor.messageRange.upperBound
        for (message, size) in zip(messages, sizes) {
            #expect(message.header == (offset + 4)..<(offset + 4 + size.header))
            #expect(message.text == message.header.upperBound..<(message.header.upperBound + size.text))
            #expect(message.padding == message.text.upperBound..<(message.text.upperBound + size.padding))
            offset = message.padding.upperBound
        }
        #expect(messages.count == 3)
        #expect(cursor.payload.contentCount == 4 + 3 + 4 + 8 + 13 + 6)
    }

    @Test("A queue may have more messages than fit the memory of one entry")
    func longQueue() throws {
        let count = 40_000
        var image = ImageBuilder(.ipcnsMsg)
        image.append(MessageBuilder().message(1, Sample.description).varint(2, 1).varint(3, UInt64(count)))
        for number in 0..<count { image.append(MessageBuilder().varint(1, UInt64(number)).varint(2, 0)) }
        let form = JSONForm(try image.open())
        #expect(form.damage == nil)
        #expect(try encode(form.text) == image.bytes)
    }
}
