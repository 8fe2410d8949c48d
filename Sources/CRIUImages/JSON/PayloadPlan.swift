/// What payload an entry must have, by its message.
struct PayloadPlan {
    /// The forms of a payload in JSON.
    enum Form: Equatable {
        case none
        case bytes
        case queues(received: UInt64, sent: UInt64)
        case semaphores
        case messages
    }

    private(set) var form = Form.none
    /// How many bytes, values or messages; nil if any number will do.
    private(set) var count: UInt64?
    /// To what multiple the bytes are filled up.
    private(set) var paddingUnit: UInt64 = 1

    /// How many bytes there are before the filler.
    var byteCount: UInt64 { (count ?? 0) * (form == .semaphores ? 2 : 1) }

    /// Whether an entry without the payload is broken.
    var isNeeded: Bool { form != .none && count != 0 }

    init(_ form: Form = .none, count: UInt64? = nil, paddingUnit: UInt64 = 1) {
        self.form = form
        self.count = count
        self.paddingUnit = paddingUnit
    }

    init(_ kind: PayloadKind, _ message: borrowing MessageView) {
        switch kind {
        case .none: self.init()
        case .pipeBytes: self.init(.bytes, count: UInt64(PipeDataEntry(parsing: message).bytes))
        case .packetBytes: self.init(.bytes, count: UInt64(SkPacketEntry(parsing: message).length))
        case .bpfMap:
            let entry = BpfmapDataEntry(parsing: message)
            self.init(.bytes, count: UInt64(entry.keysBytes) + UInt64(entry.valuesBytes))
        case .tcpQueues:
            let entry = TcpStreamEntry(parsing: message)
            let (received, sent) = (UInt64(entry.inqLen), UInt64(entry.outqLen))
            self.init(.queues(received: received, sent: sent), count: received + sent)
        case .semaphores: self.init(.semaphores, count: UInt64(IpcSemEntry(parsing: message).nsems), paddingUnit: 8)
        case .messages: self.init(.messages, count: UInt64(IpcMsgEntry(parsing: message).qnum))
        case .sharedMemory:
            let entry = IpcShmEntry(parsing: message)
            self = entry.inPagemaps == true ? PayloadPlan() : PayloadPlan(.bytes, count: entry.size, paddingUnit: 4)
        case .ghost: self.init(ghost: message)
        }
    }

    private init(ghost message: borrowing MessageView) {
        if message.type == .ghostChunkEntry {
            self.init(.bytes, count: GhostChunkEntry(parsing: message).len)
        } else if GhostFileEntry(parsing: message).chunks == true {
            self.init()
        } else {
            self.init(.bytes)
        }
    }
}
