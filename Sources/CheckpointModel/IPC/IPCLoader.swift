internal import CRIUImages
internal import EvidenceText

/// Reads the System V objects of an IPC namespace.
struct IPCLoader {
    private let library: ImageLibrary
    private let namespace: Namespace
    private let sharedMemory: SharedMemoryTable

    init(_ library: ImageLibrary, _ namespace: Namespace, _ sharedMemory: SharedMemoryTable) {
        self.library = library
        self.namespace = namespace
        self.sharedMemory = sharedMemory
    }

    /// - Parameter attachments: Who has the segment with an id attached.
    func objects(attachments: (UInt32) -> [SharedSegment.Attachment]) -> IPCObjects {
        IPCObjects(
            queues: items("ipcns-msg-", queue), semaphores: items("ipcns-sem-", semaphores),
            segments: items("ipcns-shm-") { segment($0, attachments) }, settings: settings())
    }

    /// The objects of an image. Of sorts that the namespace has none of, CRIU writes no image.
    private func items<Record: ImageRecord, Item>(
        _ prefix: String, _ make: (EntryWithPayload<Record>) -> Item
    ) -> Known<[Item]> {
        let name = namespace.imageName(prefix)
        guard library.has(name) else {
            return library.has(namespace.imageName("ipcns-var-"))
                ? .value([]) : .missing(Absence(.noImage, "\(name) is not there"))
        }
        let (entries, damage) = library.entries(name, Record.self)
        if let damage, entries.isEmpty { return .missing(damage) }
        return .value(entries.map(make))
    }

    private func queue(_ entry: EntryWithPayload<IpcMsgEntry>) -> MessageQueue {
        var messages: [MessageQueue.Message] = []
        if case .messages(let queued) = entry.payload {
            messages = queued.map { .init(type: $0.type, content: Content(entry.bytes[$0.text])) }
        }
        return MessageQueue(
            permissions: IPCPermissions(entry.record.desc), byteLimit: entry.record.qbytes, messages: messages,
            origin: entry.origin)
    }

    private func semaphores(_ entry: EntryWithPayload<IpcSemEntry>) -> SemaphoreSet {
        var values: [UInt16] = []
        if case .semaphores(let range, _) = entry.payload {
            let isBigEndian = library.image(entry.origin.image).value?.header.byteOrder == .big
            let bytes = entry.bytes.copy(range)
            values = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
                let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
                return isBigEndian ? first << 8 | second : second << 8 | first
            }
        }
        return SemaphoreSet(permissions: IPCPermissions(entry.record.desc), values: values, origin: entry.origin)
    }

    private func segment(
        _ entry: EntryWithPayload<IpcShmEntry>, _ attachments: (UInt32) -> [SharedSegment.Attachment]
    ) -> SharedSegment {
        let record = entry.record
        let content: Known<Content> =
            entry.content.map { .value($0) }
            ?? sharedMemory.pages(of: UInt64(record.desc.id)).map { $0.reader.content(size: record.size) }
        return SharedSegment(
            permissions: IPCPermissions(record.desc), size: record.size, hugePages: record.hugetlbFlag,
            content: content,
            attachments: attachments(record.desc.id), origin: entry.origin)
    }

    private func settings() -> Known<[KernelSetting]> {
        let name = namespace.imageName("ipcns-var-")
        return library.needed(name, IpcVarEntry.self).map { entry in
            entry.settings.map { setting, value in
                KernelSetting(name: ByteText(setting), value: .value(value), origin: Origin(name, entry: 0))
            }
        }
    }
}

extension IPCPermissions {
    init(_ entry: IpcDescEntry) {
        (id, key, mode) = (entry.id, entry.key, entry.mode)
        owner = Pair(user: entry.uid, group: entry.gid)
        creator = Pair(user: entry.cuid, group: entry.cgid)
    }
}

extension IpcVarEntry {
    /// The settings by name. A machine's word can be 64 bits wide while the image has 32.
    fileprivate var settings: [(String, ByteText)] {
        let numbers: [(String, UInt64?)] = [
            ("kernel.msgmax", UInt64(msgCtlmax)), ("kernel.msgmnb", UInt64(msgCtlmnb)),
            ("kernel.msgmni", UInt64(msgCtlmni)), ("kernel.auto_msgmni", UInt64(autoMsgmni)),
            ("kernel.shmmax", shmCtlmax), ("kernel.shmall", shmCtlall), ("kernel.shmmni", UInt64(shmCtlmni)),
            ("kernel.shm_rmid_forced", UInt64(shmRmidForced)), ("fs.mqueue.queues_max", UInt64(mqQueuesMax)),
            ("fs.mqueue.msg_max", UInt64(mqMsgMax)), ("fs.mqueue.msgsize_max", UInt64(mqMsgsizeMax)),
            ("fs.mqueue.msg_default", mqMsgDefault.map(UInt64.init)),
            ("fs.mqueue.msgsize_default", mqMsgsizeDefault.map(UInt64.init)),
            ("kernel.msg_next_id", msgNextId.map(UInt64.init)), ("kernel.sem_next_id", semNextId.map(UInt64.init)),
            ("kernel.shm_next_id", shmNextId.map(UInt64.init)),
        ]
        let semaphores = ByteText(semCtls.map { String($0) }.joined(separator: " "))
        return [("kernel.sem", semaphores)]
            + numbers.compactMap { name, value in
                value.map { (name, ByteText(String($0))) }
            }
    }
}
