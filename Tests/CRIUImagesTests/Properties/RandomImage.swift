import CheckpointTestSupport

@testable import CRIUImages

/// Writes random images of any kind, with the payloads that their messages ask for.
struct RandomImage {
    private var messages: RandomMessage

    init(_ generator: SeededGenerator) {
        messages = RandomMessage(generator)
    }

    /// Makes an image of a kind, or for a kind of one bare message that message with its size.
    mutating func image(_ kind: ImageKind) -> ImageBuilder {
        let order: ByteOrder = random(2) == 0 ? .little : .big
        if kind.lead == .sizeAlone { return sized(kind, order) }
        var image = ImageBuilder(kind, byteOrder: order, hasLead: random(6) > 0)
        for index in 0..<random(4) { append(kind, index, to: &image) }
        return image
    }

    private mutating func random(_ limit: Int) -> Int {
        Int.random(in: 0..<limit, using: &messages.generator)
    }

    private mutating func sized(_ kind: ImageKind, _ order: ByteOrder) -> ImageBuilder {
        let message = messages.message(kind.message(ofEntry: 0)!)
        let size = UInt64(message.bytes.count)
        let word = withUnsafeBytes(of: order == .little ? size.littleEndian : size.bigEndian) { Array($0) }
        return ImageBuilder(byteOrder: order).raw(word + message.bytes)
    }

    private mutating func append(_ kind: ImageKind, _ index: Int, to image: inout ImageBuilder) {
        let type = kind.message(ofEntry: index)!
        switch kind.payload {
        case .none: image.append(messages.message(type))
        case .pipeBytes: append(type, ["bytes"], to: &image)
        case .packetBytes: append(type, ["length"], to: &image)
        case .tcpQueues: append(type, ["inq_len", "outq_len"], to: &image)
        case .bpfMap: append(type, ["keys_bytes", "values_bytes"], to: &image)
        case .semaphores: appendSemaphores(type, to: &image)
        case .messages: appendQueue(type, to: &image)
        case .sharedMemory: appendSegment(type, to: &image)
        case .ghost: appendGhost(type, index, to: &image)
        }
    }

    /// Appends a message of which some fields tell how many bytes follow.
    private mutating func append(_ type: MessageType, _ fields: [String], to image: inout ImageBuilder) {
        let parts = fields.map { ($0, messages.bytes()) }
        let fixed = Dictionary(uniqueKeysWithValues: parts.map { ($0.0, UInt64($0.1.count) as UInt64?) })
        image.append(messages.message(type, fixed: fixed))
        for part in parts { image.append(part.1) }
    }

    private mutating func appendSemaphores(_ type: MessageType, to image: inout ImageBuilder) {
        let values = (0..<random(9)).map { _ in UInt16(random(1 << 16)) }
        image.append(messages.message(type, fixed: ["nsems": UInt64(values.count)]))
        for value in values { image.append(halfWord: value) }
        appendFiller(after: values.count * 2, to: 8, &image)
    }

    private mutating func appendQueue(_ type: MessageType, to image: inout ImageBuilder) {
        let count = random(4)
        image.append(messages.message(type, fixed: ["qnum": UInt64(count)]))
        for _ in 0..<count {
            let text = messages.bytes()
            image.append(messages.message(.ipcMsg, fixed: ["msize": UInt64(text.count)]))
            image.append(text)
            appendFiller(after: text.count, to: 8, &image)
        }
    }

    private mutating func appendSegment(_ type: MessageType, to image: inout ImageBuilder) {
        let content = messages.bytes()
        let flag = [nil, 0, 1][random(3)] as UInt64?
        image.append(messages.message(type, fixed: ["size": UInt64(content.count), "in_pagemaps": flag]))
        if flag == 1 { return }
        image.append(content)
        appendFiller(after: content.count, to: 4, &image)
    }

    private mutating func appendGhost(_ type: MessageType, _ index: Int, to image: inout ImageBuilder) {
        if index == 0 {
            // In chunks, so that there can be more entries.
            image.append(messages.message(type, fixed: ["chunks": 1]))
        } else {
            append(type, ["len"], to: &image)
        }
    }

    /// Appends zeros, or rarely something else.
    private mutating func appendFiller(after count: Int, to unit: Int, _ image: inout ImageBuilder) {
        let needed = (unit - count % unit) % unit
        let isZero = random(3) > 0
        image.append((0..<needed).map { _ in isZero ? 0 : UInt8(random(256)) })
    }
}
