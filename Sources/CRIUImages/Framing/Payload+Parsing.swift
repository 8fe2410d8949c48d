/// Finds the payload of an entry from what its message says.
struct PayloadParser: ~Copyable {
    let bytes: UnsafeRawBufferPointer
    let byteOrder: ByteOrder
    /// Where the next part begins.
    private(set) var offset: Int

    init(_ bytes: UnsafeRawBufferPointer, byteOrder: ByteOrder, at offset: Int) {
        self.bytes = bytes
        self.byteOrder = byteOrder
        self.offset = offset
    }

    /// Reads past the payload of an entry.
    ///
    /// - Parameters:
    ///   - kind: What the kind of image has behind its entries.
    ///   - message: The entry's message.
    mutating func parse(_ kind: PayloadKind, of message: borrowing MessageView) throws(MessageDamage) -> Payload {
        switch kind {
        case .none: return .none
        case .pipeBytes: return try plain(PipeDataEntry(parsing: message).bytes)
        case .packetBytes: return try plain(SkPacketEntry(parsing: message).length)
        case .bpfMap: return try bpfMap(BpfmapDataEntry(parsing: message))
        case .tcpQueues: return try tcpQueues(TcpStreamEntry(parsing: message))
        case .semaphores: return try semaphores(IpcSemEntry(parsing: message))
        case .messages: return try messages(IpcMsgEntry(parsing: message))
        case .sharedMemory: return try sharedMemory(IpcShmEntry(parsing: message))
        case .ghost: return try ghost(message)
        }
    }

    private mutating func take(_ count: UInt64, _ what: StaticString) throws(MessageDamage) -> Range<Int> {
        let left = bytes.count - offset
        guard count <= UInt64(left) else {
            let detail = "\(what) of \(count) bytes is cut off after \(left)"
            throw MessageDamage(code: .truncatedPayload, detail: detail, offset: offset)
        }
        defer { offset += Int(count) }
        return offset..<(offset + Int(count))
    }

    private mutating func padding(after count: UInt64, to unit: UInt64) throws(MessageDamage) -> Range<Int> {
        try take((unit - count % unit) % unit, "filler")
    }

    private mutating func plain(_ count: UInt32) throws(MessageDamage) -> Payload {
        .bytes(try take(UInt64(count), "data"), padding: offset..<offset)
    }

    private mutating func bpfMap(_ entry: BpfmapDataEntry) throws(MessageDamage) -> Payload {
        .bytes(try take(UInt64(entry.keysBytes) + UInt64(entry.valuesBytes), "map data"), padding: offset..<offset)
    }

    private mutating func tcpQueues(_ entry: TcpStreamEntry) throws(MessageDamage) -> Payload {
        let received = try take(UInt64(entry.inqLen), "receive queue")
        return .tcpQueues(received: received, sent: try take(UInt64(entry.outqLen), "send queue"))
    }

    private mutating func semaphores(_ entry: IpcSemEntry) throws(MessageDamage) -> Payload {
        let count = UInt64(entry.nsems) * 2
        return .semaphores(try take(count, "semaphore values"), padding: try padding(after: count, to: 8))
    }

    private mutating func sharedMemory(_ entry: IpcShmEntry) throws(MessageDamage) -> Payload {
        if entry.inPagemaps == true { return .none }
        return .bytes(try take(entry.size, "segment"), padding: try padding(after: entry.size, to: 4))
    }

    private mutating func messages(_ entry: IpcMsgEntry) throws(MessageDamage) -> Payload {
        // Not the entry's decoder: its memory is for one message, and holds the entry's.
        let decoder = MessageDecoder()
        var found: [Payload.QueuedMessage] = []
        for _ in 0..<entry.qnum {
            let size = try take(4, "size of a message")
            let header = try take(UInt64(bytes.word(at: size.lowerBound, byteOrder)), "description of a message")
            let raw = UnsafeRawBufferPointer(rebasing: bytes[header])
            decoder.prepare(forEntryOf: raw.count)
            let message = try decoder.decode(.ipcMsg, raw, at: header.lowerBound)
            let record = IpcMsg(parsing: MessageView(type: .ipcMsg, base: message))
            let length = UInt64(record.msize)
            let text = try take(length, "message")
            found.append(
                .init(
                    type: record.mtype, header: header, text: text, padding: try padding(after: length, to: 8)))
        }
        return .messages(found)
    }

    private mutating func ghost(_ message: borrowing MessageView) throws(MessageDamage) -> Payload {
        guard message.type == .ghostFileEntry else {
            let length = GhostChunkEntry(parsing: message).len
            return .bytes(try take(length, "chunk"), padding: offset..<offset)
        }
        let entry = GhostFileEntry(parsing: message)
        if entry.chunks == true { return .none }
        return .bytes(try take(UInt64(bytes.count - offset), "content"), padding: offset..<offset)
    }
}
