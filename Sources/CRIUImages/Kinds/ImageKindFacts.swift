/// What follows each entry of an image. The cases are those of `kind_hint.payload_kind` in proto/options.proto.
public enum PayloadKind: Sendable {
    /// Nothing.
    case none
    /// `bytes` bytes of a pipe or FIFO.
    case pipeBytes
    /// `length` bytes of a queued packet.
    case packetBytes
    /// The receive queue, then the send queue of a TCP connection.
    case tcpQueues
    /// The keys, then the values of a BPF map.
    case bpfMap
    /// 16-bit semaphore values, padded to 8 bytes.
    case semaphores
    /// Messages of a System V queue, each with its own size word, padded to 8 bytes.
    case messages
    /// The content of a System V segment, padded to 4 bytes, unless it is kept in page images.
    case sharedMemory
    /// The content of a deleted file, whole or in chunks.
    case ghost
}

/// The words that an image file begins with. The cases are those of `kind_hint.lead_word` in proto/options.proto.
public enum LeadWord: Sendable {
    /// The common lead word, then the magic word.
    case common
    /// The service lead word, then the magic word.
    case service
    /// The magic word alone.
    case magicAlone
    /// A 64-bit size, then one message; no magic word.
    case sizeAlone
    /// Not protobuf.
    case raw
}

/// What is known of a kind of image file.
struct ImageKindFacts: Sendable {
    let name: String
    let filePattern: String
    let magic: UInt32
    let lead: LeadWord
    var message: MessageType? = nil
    var laterMessage: MessageType? = nil
    var payload = PayloadKind.none
    var content: String? = nil
}

extension ImageKind {
    var facts: ImageKindFacts { ImageKindFacts.all[rawValue] }

    /// The name that CRIU gives the kind, as it stands in the `magic` key of the JSON form.
    public var name: String { facts.name }

    /// The pattern of the file names, with printf's directives for the numbers in it and without the suffix `.img`.
    public var filePattern: String { facts.filePattern }

    /// The magic word, or 0 if the kind has none.
    public var magic: UInt32 { facts.magic }

    /// The words that the file begins with.
    public var lead: LeadWord { facts.lead }

    /// What follows each entry.
    public var payload: PayloadKind { facts.payload }

    /// What a raw image holds, in a few words; nil for images made of messages.
    public var content: String? { facts.content }

    /// The message of an entry, by its place in the image; nil for raw images.
    public func message(ofEntry index: Int) -> MessageType? {
        index == 0 ? facts.message : facts.laterMessage ?? facts.message
    }
}
