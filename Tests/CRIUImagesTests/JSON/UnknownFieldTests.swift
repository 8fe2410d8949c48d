import CheckpointTestSupport
import Testing

@testable import CRIUImages

@Suite("Fields that the schema does not have")
struct UnknownFieldTests {
    /// Fields of every wire type, with the extreme values of each, and their JSON.
    private static let fields: [(MessageBuilder, String)] = [
        (MessageBuilder().varint(90, 0), #"{"field": 90, "varint": 0}"#),
        (MessageBuilder().varint(90, 300), #"{"field": 90, "varint": 300}"#),
        (MessageBuilder().signed(90, -1), #"{"field": 90, "varint": 18446744073709551615}"#),
        (MessageBuilder().fixed32(90, 0), #"{"field": 90, "fixed32": 0}"#),
        (MessageBuilder().fixed32(90, .max), #"{"field": 90, "fixed32": 4294967295}"#),
        (MessageBuilder().fixed64(90, .max), #"{"field": 90, "fixed64": 18446744073709551615}"#),
        (MessageBuilder().bytes(90, []), #"{"field": 90, "bytes": ""}"#),
        (MessageBuilder().text(90, "ab"), #"{"field": 90, "bytes": "YWI=\n"}"#),
        (
            MessageBuilder().bytes(90, Array(repeating: 0, count: 200)),
            #"{"field": 90, "bytes": "\#(long)"}"#
        ),
        (MessageBuilder().varint((1 << 29) - 1, 1), #"{"field": 536870911, "varint": 1}"#),
        (
            MessageBuilder().varint(90, 2).text(90, "").varint(90, 1).fixed32(91, 3),
            """
            {"field": 90, "varint": 2}, {"field": 90, "bytes": ""}, {"field": 90, "varint": 1}, \
            {"field": 91, "fixed32": 3}
            """
        ),
    ]

    /// The base64 of 200 zeros: three lines of 57 bytes, and 29 more.
    private static let long =
        String(repeating: String(repeating: "A", count: 76) + #"\n"#, count: 3) + String(repeating: "A", count: 39)
        + #"=\n"#

    @Test("Are shown at the end of their message, and encoded back", arguments: fields)
    func atTheEnd(_ field: MessageBuilder, _ json: String) throws {
        let image = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1).raw(field.bytes)).entry(Sample.fdinfo(2))
        let entry = Sample.fdinfoJSON(1).dropLast() + #", "unknown_fields": [\#(json)]}"#
        let text = #"{"magic": "FDINFO", "entries": [\#(entry), \#(Sample.fdinfoJSON(2))]}"#
        #expect(try image.plain() == text)
        #expect(try encode(text) == image.bytes)
        #expect(try encode(image.pretty()) == image.bytes)
    }

    @Test("May be all that a message has")
    func alone() throws {
        let image = ImageBuilder(.seccomp).entry(MessageBuilder().varint(7, 7))
        let text = #"{"magic": "SECCOMP", "entries": [{"unknown_fields": [{"field": 7, "varint": 7}]}]}"#
        #expect(try image.plain() == text)
        #expect(try encode(text) == image.bytes)
        #expect(try encode(image.pretty()) == image.bytes)
    }

    @Test("Go back between the known fields")
    func between() throws {
        // Numbers that these messages do not use; a core's fields are not declared in the order of their numbers.
        let inventory = MessageBuilder().varint(1, 2).varint(2, 1).varint(6, 0).varint(7, 5).varint(8, 1).varint(99, 1)
        let core = MessageBuilder().varint(1, 1).text(7, "new").varint(14, 1)
        for image in [ImageBuilder(.inventory).entry(inventory), ImageBuilder(.core).entry(core)] {
            #expect(try encode(image.plain()) == image.bytes)
            #expect(try encode(image.pretty()) == image.bytes)
        }
        let regular = MessageBuilder().varint(1, 1).varint(2, 0).varint(3, 0).text(4, "new").message(5, Sample.owner)
        let image = ImageBuilder(.regFiles).entry(regular.text(6, "/x").zigzag(7, -1).varint(20, 1))
        #expect(
            try image.plain().hasSuffix(
                #", "unknown_fields": [{"field": 4, "bytes": "bmV3\n"}, {"field": 20, "varint": 1}]}]}"#))
        #expect(try encode(image.plain()) == image.bytes)
        #expect(try encode(image.pretty()) == image.bytes)
    }

    @Test("Keep numbers that protobuf does not have but protobuf-c reads", arguments: [1 << 29, UInt32.max])
    func largeNumbers(_ number: UInt32) throws {
        let image = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1).varint(number, 1))
        #expect(try image.plain().contains(#"{"field": \#(number), "varint": 1}"#))
        #expect(try encode(image.plain()) == image.bytes)
    }

    @Test("Have no number 0")
    func zero() throws {
        let image = try ImageBuilder(.fdinfo).entry(Sample.fdinfo(1).raw([0, 1])).open()
        #expect(
            JSONForm(image).damage == ImageError(.malformedMessage, "", image: "image", kind: .fdinfo, entry: 0, at: 20)
        )
    }

    @Test("Are kept in messages in messages, on the way down and beside them")
    func nested() throws {
        let policy = MessageBuilder().text(1, "policy").bytes(2, [1]).varint(3, 9)
        let inner = MessageBuilder().text(1, "inner").fixed32(9, 1)
        let outer = MessageBuilder().text(1, "outer").message(2, policy).message(3, inner).text(4, "after")
        let image = ImageBuilder(.apparmor).entry(MessageBuilder().message(1, outer).varint(2, 5))
        let expected = """
            {"magic": "APPARMOR", "entries": [{"namespaces": [{"name": "outer", \
            "policies": [{"name": "policy", "blob": "AQ==\\n", "unknown_fields": [{"field": 3, "varint": 9}]}], \
            "namespaces": [{"name": "inner", "unknown_fields": [{"field": 9, "fixed32": 1}]}], \
            "unknown_fields": [{"field": 4, "bytes": "YWZ0ZXI=\\n"}]}], "unknown_fields": [{"field": 2, "varint": 5}]}]}
            """
        #expect(try image.plain() == expected)
        #expect(try encode(expected) == image.bytes)
        #expect(try encode(image.pretty()) == image.bytes)
    }

    @Test("Are kept in the descriptions of queued messages, with the filler")
    func queued() throws {
        let queue = MessageBuilder().message(1, Sample.description).varint(2, 1).varint(3, 1).varint(9, 9)
        let image = ImageBuilder(.ipcnsMsg).entry(queue)
            .entry(MessageBuilder().varint(1, 1).varint(2, 1).text(3, "x"), payload: [0x61, 1, 2, 3, 4, 5, 6, 7])
        #expect(
            try image.plain().contains(#""msize": 1, "unknown_fields": [{"field": 3, "bytes": "eA==\n"}], "padding": "#)
        )
        #expect(try encode(image.plain()) == image.bytes)
        #expect(try encode(image.pretty()) == image.bytes)
    }

    @Test("Stand before the payload of their entry")
    func withPayload() throws {
        let image = ImageBuilder(.pipesData).entry(
            MessageBuilder().varint(1, 1).varint(2, 1).varint(9, 9), payload: [0])
        #expect(try image.plain().hasSuffix(#""unknown_fields": [{"field": 9, "varint": 9}], "extra": "AA==\n"}]}"#))
        #expect(try encode(image.plain()) == image.bytes)
    }

    @Test(
        "Are refused where they are no fields",
        arguments: [
            #"{}"#, #"{"field": 1}"#, #"{"varint": 1}"#, #"{"varint": 1, "field": 1}"#, #"{"field": 0, "varint": 1}"#,
            #"{"field": 4294967296, "varint": 1}"#, #"{"field": -1, "varint": 1}"#, #"{"field": "1", "varint": 1}"#,
            #"{"field": 9, "varint": -1}"#, #"{"field": 9, "fixed32": 4294967296}"#, #"{"field": 9, "fixed32": -1}"#,
            #"{"field": 9, "fixed64": 18446744073709551616}"#, #"{"field": 9, "fixed64": -1}"#,
            #"{"field": 9, "bytes": "!"}"#, #"{"field": 9, "bytes": 1}"#, #"{"field": 9, "group": 1}"#,
            #"{"field": 9, "varint": 1, "varint": 2}"#, #"{"field": 9, "varint": 1, "bytes": ""}"#,
            #"{"field": 9, "varint": 1, "field": 8}"#, #"9"#, #"[]"#,
        ])
    func refused(_ field: String) {
        let text = #"{"magic": "SECCOMP", "entries": [{}, {"unknown_fields": [\#(field)]}]}"#
        let error = #expect(throws: ImageJSONError.self) { try encode(text) }
        #expect(error?.entry == 1)
    }
}
