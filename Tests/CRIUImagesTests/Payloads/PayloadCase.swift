import CheckpointTestSupport

@testable import CRIUImages

/// An image with payloads, and the JSON of its entries in the form of one line.
struct PayloadCase: Sendable, CustomStringConvertible {
    let description: String
    let image: ImageBuilder
    let entries: String

    init(_ description: String, _ image: ImageBuilder, _ entries: String) {
        self.description = description
        self.image = image
        self.entries = entries
    }

    /// Whether any entry has a payload, be it an empty one.
    var hasPayload: Bool { entries.contains(#""extra""#) }

    /// Every sort of payload.
    static let all = plain + tcp + semaphores + messages + sharedMemory + ghosts

    private static let plain = [
        PayloadCase(
            "pipe",
            ImageBuilder(.pipesData).entry(
                MessageBuilder().varint(1, 5).varint(2, 3).varint(3, 65536), payload: [1, 2, 3]),
            #"{"pipe_id": 5, "bytes": 3, "size": 65536, "extra": "AQID\n"}"#),
        PayloadCase(
            "empty pipe, then one more",
            ImageBuilder(.fifoData).entry(MessageBuilder().varint(1, 5).varint(2, 0))
                .entry(MessageBuilder().varint(1, 6).varint(2, 1), payload: [0xFF]),
            #"{"pipe_id": 5, "bytes": 0, "extra": ""}, {"pipe_id": 6, "bytes": 1, "extra": "/w==\n"}"#),
        PayloadCase(
            "packet",
            ImageBuilder(.skQueues).entry(
                MessageBuilder().varint(1, 9).varint(2, 58), payload: Array(repeating: 0, count: 58)),
            #"{"id_for": 9, "length": 58, "extra": "\#(String(repeating: "A", count: 76))\nAA==\n"}"#),
        PayloadCase(
            "BPF map",
            ImageBuilder(.bpfmapData)
                .entry(MessageBuilder().varint(1, 1).varint(2, 2).varint(3, 3).varint(4, 1), payload: [1, 2, 3, 4, 5]),
            #"{"map_id": 1, "keys_bytes": 2, "values_bytes": 3, "count": 1, "extra": "AQIDBAU=\n"}"#),
    ]

    private static let tcp = [(2, 1), (0, 2), (1, 0), (0, 0)].map { received, sent in
        var message = MessageBuilder().varint(1, UInt64(received)).varint(2, 7).varint(3, UInt64(sent))
        for field in UInt32(4)...7 { message = message.varint(field, 0) }
        let texts = ["", "YQ==\\n", "YWE=\\n"]
        return PayloadCase(
            "TCP queues of \(received) and \(sent) bytes",
            ImageBuilder(.tcpStream).entry(message, payload: Array(repeating: 0x61, count: received + sent)),
            """
            {"inq_len": \(received), "inq_seq": 7, "outq_len": \(sent), "outq_seq": 0, "opt_mask": 0, "snd_wscale": 0, \
            "mss_clamp": 0, "extra": {"inq": "\(texts[received])", "outq": "\(texts[sent])"}}
            """)
    }

    private static let semaphores = ByteOrder.allCases.flatMap { order in
        [([], [], ""), ([1, 2, 0xFFFE], [0, 0], ""), ([7], [0, 1, 2, 3, 4, 5], #", "padding": "AAECAwQF\n""#)].map {
            (values: [UInt16], filler: [UInt8], padding: String) in
            let message = MessageBuilder().message(1, Sample.description).varint(2, UInt64(values.count))
            var image = ImageBuilder(.ipcnsSem, byteOrder: order).entry(message)
            for value in values { image.append(halfWord: value) }
            return PayloadCase(
                "\(values.count) semaphores, \(order)-endian", image.raw(filler),
                #"{"desc": \#(Sample.descriptionJSON), "nsems": \#(values.count), "extra": \#(values)\#(padding)}"#)
        }
    }

    private static let messages = ByteOrder.allCases.map { order in
        let queue = MessageBuilder().message(1, Sample.description).varint(2, 16384).varint(3, 3)
        let image = ImageBuilder(.ipcnsMsg, byteOrder: order).entry(queue)
            .entry(MessageBuilder().varint(1, 5).varint(2, 3), payload: Array("abc".utf8) + [0, 0, 0, 0, 0])
            .entry(MessageBuilder().varint(1, 6).varint(2, 8), payload: Array("abcdefgh".utf8))
            .entry(MessageBuilder().varint(1, .max).varint(2, 6), payload: Array("abcdef".utf8) + [0x67, 0x68])
            .entry(MessageBuilder().message(1, Sample.description).varint(2, 1).varint(3, 0))
        return PayloadCase(
            "message queues, \(order)-endian", image,
            """
            {"desc": \(Sample.descriptionJSON), "qbytes": 16384, "qnum": 3, "extra": [\
            {"mtype": 5, "msize": 3}, "YWJj\\n", {"mtype": 6, "msize": 8}, "YWJjZGVmZ2g=\\n", \
            {"mtype": 18446744073709551615, "msize": 6, "padding": "Z2g=\\n"}, "YWJjZGVm\\n"]}, \
            {"desc": \(Sample.descriptionJSON), "qbytes": 1, "qnum": 0, "extra": []}
            """)
    }

    private static let sharedMemory = [
        PayloadCase(
            "shared memory",
            segments(MessageBuilder().varint(2, 6), [1, 2, 3, 4, 5, 6, 0, 0]),
            #"{"desc": \#(Sample.descriptionJSON), "size": 6, "extra": "AQIDBAUG\n"}"#),
        PayloadCase(
            "shared memory with filler that is not zero, explicitly not in the page images",
            segments(MessageBuilder().varint(2, 3).varint(3, 0), [1, 2, 3, 4]),
            #"{"desc": \#(Sample.descriptionJSON), "size": 3, "in_pagemaps": false, "extra": "AQID\n", "padding": "BA==\n"}"#
        ),
        PayloadCase(
            "shared memory in the page images, twice",
            segments(MessageBuilder().varint(2, 4096).varint(3, 1), []).entry(
                MessageBuilder().message(1, Sample.description).varint(2, 4096).varint(3, 1)),
            [1, 2].map { _ in #"{"desc": \#(Sample.descriptionJSON), "size": 4096, "in_pagemaps": true}"# }
                .joined(separator: ", ")),
    ]

    private static func segments(_ rest: MessageBuilder, _ payload: [UInt8]) -> ImageBuilder {
        ImageBuilder(.ipcnsShm).entry(MessageBuilder().message(1, Sample.description).raw(rest.bytes), payload: payload)
    }

    private static let ghost = MessageBuilder().varint(1, 0).varint(2, 0).varint(3, 0o100644)

    private static let ghosts = [
        PayloadCase(
            "deleted file", ImageBuilder(.ghostFile).entry(ghost, payload: Array("content".utf8)),
            #"{"uid": 0, "gid": 0, "mode": 33188, "extra": "Y29udGVudA==\n"}"#),
        PayloadCase(
            "empty deleted file", ImageBuilder(.ghostFile).entry(ghost),
            #"{"uid": 0, "gid": 0, "mode": 33188, "extra": ""}"#),
        PayloadCase(
            "deleted file in chunks, one of them beyond 2 GiB",
            ImageBuilder(.ghostFile).entry(ghost.varint(9, 1).varint(10, 1 << 40))
                .entry(MessageBuilder().varint(1, 2).varint(2, 0), payload: [1, 2])
                .entry(MessageBuilder().varint(1, 1).varint(2, 1 << 39), payload: [3]),
            """
            {"uid": 0, "gid": 0, "mode": 33188, "chunks": true, "size": 1099511627776}, \
            {"len": 2, "off": 0, "extra": "AQI=\\n"}, {"len": 1, "off": 549755813888, "extra": "Aw==\\n"}
            """),
        PayloadCase(
            "deleted file in no chunks", ImageBuilder(.ghostFile).entry(ghost.varint(9, 1)),
            #"{"uid": 0, "gid": 0, "mode": 33188, "chunks": true}"#),
    ]
}
