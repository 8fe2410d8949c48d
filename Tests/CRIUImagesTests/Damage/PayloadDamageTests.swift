import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("Damage to payloads")
struct PayloadDamageTests {
    private static func image(_ kind: ImageKind, _ message: MessageBuilder) -> (image: ImageBuilder, end: Int) {
        let image = ImageBuilder(kind).entry(message)
        return (image, image.bytes.count)
    }

    /// An image of one entry that claims more than the four bytes that follow it.
    private static func claim(
        _ kind: ImageKind, _ message: MessageBuilder, rest: [UInt8] = [0, 0, 0, 0], at offset: Int = 0, word: String,
        _ amount: String
    ) -> DamageCase {
        let (image, end) = image(kind, message)
        return DamageCase(
            "\(kind.name), \(amount)", image.raw(rest), kind, .truncatedPayload, entry: 0, at: end + offset,
            word: word)
    }

    private static let limits: [UInt64] = [5, UInt64(UInt32.max)]

    private static func tcp(_ received: UInt64, _ sent: UInt64) -> MessageBuilder {
        let rest = (UInt32(4)...7).reduce(MessageBuilder()) { $0.varint($1, 0) }
        return MessageBuilder().varint(1, received).varint(2, 0).varint(3, sent).raw(rest.bytes)
    }

    private static let claimCases = limits.flatMap { count in
        [
            claim(.pipesData, MessageBuilder().varint(1, 1).varint(2, count), word: "\(count) bytes", "\(count)"),
            claim(.fifoData, MessageBuilder().varint(1, 1).varint(2, count), word: "after 4", "\(count)"),
            claim(.skQueues, MessageBuilder().varint(1, 1).varint(2, count), word: "data", "\(count)"),
            claim(.tcpStream, tcp(count, 0), word: "receive queue", "\(count) received"),
            claim(.tcpStream, tcp(4, count), at: 4, word: "send queue", "\(count) sent"),
            claim(
                .bpfmapData, MessageBuilder().varint(1, 1).varint(2, count).varint(3, count).varint(4, 1),
                word: "\(count * 2) bytes", "\(count)"),
            claim(
                .ipcnsSem, MessageBuilder().message(1, Sample.description).varint(2, count), word: "\(count * 2) bytes",
                "\(count)"),
            claim(
                .ipcnsShm, MessageBuilder().message(1, Sample.description).varint(2, count), word: "segment", "\(count)"
            ),
        ]
    }

    private static let wideClaims = [
        claim(
            .ipcnsShm, MessageBuilder().message(1, Sample.description).varint(2, .max), word: "18446744073709551615",
            "64 bits"),
        claim(
            .ipcnsSem, MessageBuilder().message(1, Sample.description).varint(2, 1), at: 2, word: "filler",
            "no filler"),
        claim(
            .ipcnsMsg, MessageBuilder().message(1, Sample.description).varint(2, 1).varint(3, UInt64(UInt32.max)),
            rest: [1, 0, 0, 0], at: 4, word: "description", "4294967295 messages"),
    ]

    @Test("A payload that is longer than the rest", arguments: claimCases + wideClaims)
    func claims(_ damage: DamageCase) throws {
        try damage.check()
    }

    @Test("A chunk of a deleted file that is longer than the rest", arguments: [3, .max] as [UInt64])
    func chunks(_ length: UInt64) throws {
        let ghost = MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0).varint(9, 1)
        let (image, end) = PayloadDamageTests.image(.ghostFile, ghost)
        let chunk = image.entry(MessageBuilder().varint(1, 2).varint(2, 0), payload: [1, 2])
            .entry(MessageBuilder().varint(1, length).varint(2, 2), payload: [3, 4])
        try DamageCase(
            "chunk", chunk, .ghostFile, .truncatedPayload, entry: 2, at: chunk.bytes.count - 2, word: "chunk"
        ).check()
        #expect(end < chunk.bytes.count)
    }

    /// A queue of two messages of which the second is broken.
    private func queue(_ second: [UInt8]) -> ImageBuilder {
        ImageBuilder(.ipcnsMsg)
            .entry(MessageBuilder().message(1, Sample.description).varint(2, 1).varint(3, 0))
            .entry(MessageBuilder().message(1, Sample.description).varint(2, 1).varint(3, 2))
            .entry(MessageBuilder().varint(1, 1).varint(2, 1), payload: [0x61, 0, 0, 0, 0, 0, 0, 0])
            .raw(second)
    }

    @Test(
        "A message of a queue that is cut off",
        arguments: [
            ([], 0, "size of a message"), ([4, 0, 0], 0, "size of a message"),
            ([5, 0, 0, 0, 8, 1, 16, 1], 4, "description"), ([255, 255, 255, 255, 8, 1, 16, 1], 4, "description"),
            ([4, 0, 0, 0, 8, 1, 16, 9, 1, 2, 3, 4, 5, 6, 7, 8], 8, "message of 9"),
            ([8, 0, 0, 0, 8, 1, 16, 255, 255, 255, 255, 15, 0, 0], 12, "4294967295"),
            ([4, 0, 0, 0, 8, 1, 16, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0], 17, "filler of 7"),
        ] as [([UInt8], Int, String)])
    func messages(_ second: [UInt8], _ offset: Int, _ word: String) throws {
        let start = queue([]).bytes.count
        try DamageCase(
            "message", queue(second), .ipcnsMsg, .truncatedPayload, entry: 1, at: start + offset, word: word
        ).check()
    }

    @Test("A message of a queue without its length")
    func missingLength() throws {
        let start = queue([]).bytes.count
        try DamageCase(
            "message", queue([2, 0, 0, 0, 8, 1]), .ipcnsMsg, .missingField, entry: 1, at: start + 4, word: "msize"
        ).check()
    }
}
