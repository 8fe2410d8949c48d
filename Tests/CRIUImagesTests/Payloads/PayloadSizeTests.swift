import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("Sizes in place of payloads")
struct PayloadSizeTests {
    @Test(
        "Sizes are written as by CRIU's tool",
        arguments: [
            (0, "0B"), (1, "1B"), (1023, "1023B"), (1024, "1KB"), (1025, "1.0KB"), (1075, "1.0KB"), (1076, "1.1KB"),
            (1126, "1.1KB"), (1280, "1.2KB"), (1536, "1.5KB"), (1792, "1.8KB"), (1844, "1.8KB"), (2048, "2KB"),
            (10291, "10.0KB"), (1_047_500, "1022.9KB"), (1_048_575, "1024.0KB"), (1_048_576, "1MB"),
            (1_100_000, "1.0MB"), (1_310_720, "1.2MB"), (1_572_864, "1.5MB"),
        ])
    func sizes(_ count: Int, _ text: String) throws {
        let image = ImageBuilder(.pipesData)
            .entry(MessageBuilder().varint(1, 1).varint(2, UInt64(count)), payload: Array(repeating: 0, count: count))
        let form = JSONForm(try image.open(), showsPayload: false)
        let entry = #"{"pipe_id": 1, "bytes": \#(count), "extra": "... <\#(text)>"}"#
        #expect(form.text == #"{"magic": "PIPES_DATA", "entries": [\#(entry)]}"#)
    }

    @Test(
        "What is counted",
        arguments: [
            ("BPF map", "5B"), ("TCP queues of 2 and 1 bytes", "3B"), ("3 semaphores, little-endian", "6B"),
            ("message queues, little-endian", "38B"), ("shared memory", "6B"), ("packet", "58B"),
        ])
    func counted(_ name: String, _ text: String) throws {
        let test = try #require(PayloadCase.all.first { $0.description == name })
        #expect(JSONForm(try test.image.open(), showsPayload: false).text.contains(#""extra": "... <\#(text)>""#))
    }

    @Test("JSON without its payloads is not encoded", arguments: PayloadCase.all.filter(\.hasPayload))
    func encoded(_ test: PayloadCase) throws {
        let text = JSONForm(try test.image.open(), showsPayload: false).text
        #expect(throws: ImageJSONError.self, "\(text)") { try encode(text, byteOrder: test.image.byteOrder) }
    }
}
