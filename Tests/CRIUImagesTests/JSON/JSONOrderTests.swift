import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("Any order and form of JSON")
struct JSONOrderTests {
    @Test("Keys may come in any order")
    func keyOrder() throws {
        let image = ImageBuilder(.pipesData)
            .entry(MessageBuilder().varint(1, 5).varint(2, 2).varint(3, 9).varint(4, 1), payload: [1, 2])
        let text = """
            {"entries": [{"extra": "AQI=\\n", "unknown_fields": [{"field": 4, "varint": 1}], "size": 9, "bytes": 2, \
            "pipe_id": 5}], "magic": "PIPES_DATA"}
            """
        #expect(try encode(text) == image.bytes)
    }

    @Test("Keys of nested messages too, and values of repeated fields keep their order")
    func nestedOrder() throws {
        let run = MessageBuilder().text(1, "run").message(2, MessageBuilder().text(1, "p").bytes(2, []))
        let image = ImageBuilder(.apparmor)
            .entry(MessageBuilder().message(1, run).message(1, MessageBuilder().text(1, "b").fixed32(9, 9)))
        let text = """
            {"magic": "APPARMOR", "entries": [{"namespaces": [{"policies": [{"blob": "", "name": "p"}], "name": "run"}, \
            {"unknown_fields": [{"field": 9, "fixed32": 9}], "name": "b"}]}]}
            """
        #expect(try encode(text) == image.bytes)
    }

    @Test("The keys of queues and of messages in them may come in any order")
    func payloadOrder() throws {
        let tcp = try #require(PayloadCase.all.first { $0.description == "TCP queues of 2 and 1 bytes" })
        let swapped = tcp.entries.replacing(
            #""extra": {"inq": "YWE=\n", "outq": "YQ==\n"}"#, with: #""extra": {"outq": "YQ==\n", "inq": "YWE=\n"}"#)
        #expect(swapped != tcp.entries)
        #expect(try encode(#"{"magic": "TCP_STREAM", "entries": [\#(swapped)]}"#) == tcp.image.bytes)
        let queue = try #require(PayloadCase.all.first { $0.description == "message queues, little-endian" })
        let shuffled = queue.entries.replacing(
            #"{"mtype": 18446744073709551615, "msize": 6, "padding": "Z2g=\n"}"#,
            with: #"{"padding": "Z2g=\n", "msize": 6, "mtype": 18446744073709551615}"#)
        #expect(shuffled != queue.entries)
        #expect(try encode(#"{"magic": "IPCNS_MSG", "entries": [\#(shuffled)]}"#) == queue.image.bytes)
    }

    @Test("White space may stand between all parts")
    func whiteSpace() throws {
        let image = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1))
        let parts = [
            "{", #""magic""#, ":", #""FDINFO""#, ",", #""entries""#, ":", "[", "{", #""id""#, ":", "1", ",",
            #""flags""#, ":",
            "0", ",", #""type""#, ":", #""REG""#, ",", #""fd""#, ":", "2", "}", "]", "}",
        ]
        for space in ["", " ", "\n", "\r\n\t "] {
            #expect(try encode(space + parts.joined(separator: space) + space) == image.bytes)
        }
    }

    @Test("Numbers may stand in text, and names in either form")
    func looseForms() throws {
        let image = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1))
        for entry in [
            #"{"id": "1", "flags": "0x0", "type": 1, "fd": "0x2"}"#, #"{"id": 1, "flags": 0, "type": "REG", "fd": 2}"#,
        ] {
            #expect(try encode(#"{"magic": "FDINFO", "entries": [\#(entry)]}"#) == image.bytes)
        }
    }

    @Test("Empty arrays are absent fields")
    func emptyArrays() throws {
        let text = #"{"magic": "SECCOMP", "entries": [{"seccomp_filters": [], "unknown_fields": []}]}"#
        #expect(try encode(text) == ImageBuilder(.seccomp).entry(MessageBuilder()).bytes)
    }

    @Test("Flags may come in any order and in numbers, addresses in any spelling, devices in numbers")
    func prettyForms() throws {
        for flags in ["O_RDWR | O_CREAT | 0x4", "0x4|O_CREAT|O_RDWR", "70", "0x46", "O_CREAT | 6"] {
            let file = Sample.file(name: [0x2F], flags: 0x46)
            let text = try ImageBuilder(.regFiles).entry(file).plain().replacing(
                #""flags": 70"#, with: #""flags": "\#(flags)""#)
            #expect(try encode(text) == ImageBuilder(.regFiles).entry(file).bytes, "\(flags)")
        }
        let socket = ImageBuilder(.inetsk).entry(Sample.socket(source: [0x0100_007F], target: [0, 0, 0, 0x0100_0000]))
        let plain = try socket.plain()
        let spelled = plain.replacing("[16777343]", with: #"["127.0.0.1"]"#)
            .replacing("[0, 0, 0, 16777216]", with: #"["0:0:0:0:0:0:0:1"]"#)
        #expect(spelled.contains("127.0.0.1") && spelled.contains("0:0:1"))
        #expect(try encode(spelled) == socket.bytes)
    }

    @Test("Text may be longer than any buffer, with escapes at any place")
    func longText() throws {
        var generator = SeededGenerator(printingSeedFor: "long text")
        let pieces: [[UInt8]] = [[0x61], [0x0A], [0xFF], Array("\u{1F600}".utf8), Array(repeating: 0x62, count: 65535)]
        for _ in 0..<20 {
            let name = (0..<6).flatMap { _ in pieces.randomElement(using: &generator)! }
            let image = ImageBuilder(.regFiles).entry(Sample.file(name: name))
            #expect(try encode(image.plain()) == image.bytes)
        }
    }

    @Test("Bytes may be longer than any buffer")
    func longBytes() throws {
        for count in [49150, 65535, 65536, 65537, 200_000] {
            let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
            let message = MessageBuilder().varint(1, 1).varint(2, UInt64(count))
            let image = ImageBuilder(.pipesData).entry(message, payload: content)
            #expect(try encode(image.plain()) == image.bytes)
        }
    }

    @Test("Base64 needs no line ends, and may be cut into lines anywhere")
    func base64Lines() throws {
        let image = ImageBuilder(.pipesData).entry(MessageBuilder().varint(1, 1).varint(2, 4), payload: [1, 2, 3, 4])
        for extra in ["AQIDBA==", #"A\nQ\nI\nD\nB\nA\n=\n="#, #"AQID\r\nBA==\r\n"#, "AQID BA==", #"AQIDBA=\u003d"#] {
            let entry = #"{"pipe_id": 1, "bytes": 4, "extra": "\#(extra)"}"#
            #expect(try encode(#"{"magic": "PIPES_DATA", "entries": [\#(entry)]}"#) == image.bytes)
        }
    }
}
