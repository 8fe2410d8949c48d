internal import CRIUImages
internal import CheckpointModel

/// Reads entries of an image as they are compared.
struct ImageEntryReader: ~Copyable {
    private let image: ImageFile
    private var cursor: EntryCursor

    init(_ image: ImageFile) {
        self.image = image
        cursor = image.entries()
    }

    /// An entry with its payload, and what tells it from others.
    ///
    /// - Returns: nil if it cannot be read, which it could before.
    mutating func read(_ place: EntryPlace) -> (fact: Fact, label: EntryLabel?)? {
        cursor.move(to: place)
        guard (try? cursor.next()) == true else { return nil }
        let value = cursor.value
        let payload = PayloadFacts(image, cursor.payload)
        let members =
            value.members + [
                FactMember(Self.traits.extra, payload.content), FactMember(Self.traits.padding, payload.padding),
            ]
        let label = value.keyName.flatMap { name in value.key.map { EntryLabel(name: name, value: $0) } }
        return (.record(FactRecord(value.name, members)), label)
    }

    private static let traits = (extra: FactTraits("extra"), padding: FactTraits("padding"))
}

/// What tells an entry from others of its image.
public struct EntryLabel: Sendable {
    /// The name of the field.
    public let name: String
    /// Its value.
    public let value: Fact
}

/// The payload of an entry as it is compared.
private struct PayloadFacts {
    private(set) var content = Fact.none
    /// Filler that is not zero.
    private(set) var padding = Fact.none
    private let image: ImageFile

    init(_ image: ImageFile, _ payload: Payload) {
        self.image = image
        switch payload {
        case .none: break
        case .bytes(let range, let padding):
            content = bytes(range)
            self.padding = filler(padding)
        case .tcpQueues(let received, let sent):
            content = .record(
                FactRecord(
                    "queues", [FactMember(Self.inq, bytes(received)), FactMember(Self.outq, bytes(sent))]))
        case .semaphores(let range, let padding):
            content = .list(FactList(semaphores(range), .place))
            self.padding = filler(padding)
        case .messages(let messages): content = .list(FactList(messages.map(fact), .order))
        }
    }

    private static let inq = FactTraits("inq")
    private static let outq = FactTraits("outq")
    private static let text = FactTraits("text")
    private static let padding = FactTraits("padding")

    private func bytes(_ range: Range<Int>) -> Fact { .content(Content(of: image.bytes[range])) }

    private func filler(_ range: Range<Int>) -> Fact {
        image.bytes[range].withUnsafeBytes { $0.contains { $0 != 0 } } ? bytes(range) : .none
    }

    private func semaphores(_ range: Range<Int>) -> [Fact] {
        image.bytes[range].withUnsafeBytes { raw in
            (0..<raw.count / 2).map { place in
                let value = raw.loadUnaligned(fromByteOffset: place * 2, as: UInt16.self)
                return .number(image.header.byteOrder == .little ? UInt16(littleEndian: value) : value.bigEndian)
            }
        }
    }

    private func fact(_ message: Payload.QueuedMessage) -> Fact {
        // The cursor has decoded the same bytes to find the length of the message.
        let description = image.value(of: .ipcMsg, in: message.header)?.members ?? []
        return .record(
            FactRecord(
                "queued_message",
                description + [
                    FactMember(Self.text, bytes(message.text)), FactMember(Self.padding, filler(message.padding)),
                ]))
    }
}
