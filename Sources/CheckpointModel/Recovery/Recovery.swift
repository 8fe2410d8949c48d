internal import CRIUImages
internal import EvidenceText

/// Collects what can be recovered from a checkpoint.
struct RecoveryCollector {
    private let checkpoint: Checkpoint

    init(_ checkpoint: Checkpoint) {
        self.checkpoint = checkpoint
    }

    /// Everything, by kind. Queues without a byte are left out, empty files are not.
    func contents() -> [RecoverableContent] {
        ghosts() + sharedMemory() + pipes() + connections() + messages() + terminals() + tmpfs() + devshm()
    }

    // MARK: Files and memory

    private func ghosts() -> [RecoverableContent] {
        checkpoint.ghosts.compactMap { ghost in
            guard let content = ghost.content.value else { return nil }
            let uses = ghost.files.flatMap { checkpoint.uses(of: FileReference(type: .regular, id: $0)) }
            return RecoverableContent(
                .ghost, name: ghost.path.value, content, ghost.origin, uses: uses, modifiedAt: ghost.modifiedAt.value,
                accessedAt: ghost.accessedAt.value, mode: ghost.mode)
        }
    }

    private func sharedMemory() -> [RecoverableContent] {
        let kinds: [SharedMemoryObject.Kind: RecoverableContent.Kind] = [
            .memfd: .memfd, .anonymous: .anonymous, .sysv: .sysv,
        ]
        return checkpoint.sharedMemory.compactMap { object in
            guard let kind = kinds[object.kind] else { return nil }
            let mapped = object.mappings.map { FileUse.mapping(pid: $0.pid) }
            let open = object.files.flatMap { checkpoint.uses(of: $0) }
            return RecoverableContent(
                kind, name: object.name, content(object), object.origin, uses: (open + mapped).uniqued())
        }
    }

    /// The content, or that all of it is missing.
    private func content(_ object: SharedMemoryObject) -> Content {
        switch object.content {
        case .value(let content): return content
        case .missing(let absence):
            let size = object.size.value ?? 0
            return Content(size: size, pieces: size == 0 ? [] : [.missing(0..<size, absence)])
        }
    }

    // MARK: Queues

    private func pipes() -> [RecoverableContent] {
        checkpoint.pipes.compactMap { pipe in
            guard let content = pipe.unread.value, content.size > 0, let origin = pipe.origin else { return nil }
            let ends = (pipe.readers + pipe.writers).uniqued()
            let name = pipe.path ?? ByteText("pipe:[\(pipe.id)]")
            return RecoverableContent(
                pipe.isNamed ? .fifo : .pipe, name: name, content, origin,
                uses: ends.flatMap { checkpoint.uses(of: $0) })
        }
    }

    private func connections() -> [RecoverableContent] {
        checkpoint.files.flatMap { file -> [RecoverableContent] in
            guard let socket = file.socket, let stream = checkpoint.tcpStream(of: socket).value else { return [] }
            let queues = [(RecoverableContent.Kind.tcpReceived, stream.received), (.tcpSent, stream.sent)]
            return queues.filter { $0.1.size > 0 }.map { kind, content in
                RecoverableContent(
                    kind, name: file.target.value, content, stream.origin, uses: checkpoint.uses(of: file.reference))
            }
        }
    }

    private func messages() -> [RecoverableContent] {
        var order: [UInt32] = []
        var queues: [UInt32: [QueuedPacket]] = [:]
        for packet in checkpoint.queuedPackets {
            if queues[packet.receiver] == nil { order.append(packet.receiver) }
            queues[packet.receiver, default: []].append(packet)
        }
        return order.compactMap { receiver in
            guard let packets = queues[receiver], let first = packets.first else { return nil }
            let file = checkpoint.file(inFlight: receiver)
            var end: UInt64 = 0
            let messages = packets.map { packet in
                let start = end
                end = end.addingCapped(packet.content.size)
                return RecoverableContent.Message(range: start..<end, files: packet.rights, origin: packet.origin)
            }
            return RecoverableContent(
                .unixQueue, name: file?.target.value, Content.joined(packets.map(\.content)), first.origin,
                uses: file.map { checkpoint.uses(of: $0.reference) } ?? [], messages: messages)
        }
    }

    private func terminals() -> [RecoverableContent] {
        var users: [UInt32: [OpenFile]] = [:]
        for file in checkpoint.files {
            if case .terminal(let terminal) = file.detail { users[terminal.terminalID, default: []].append(file) }
        }
        return checkpoint.terminals.compactMap { terminal in
            guard let content = terminal.unread.value, content.size > 0, let origin = terminal.unreadOrigin else {
                return nil
            }
            let files = users[terminal.id] ?? []
            return RecoverableContent(
                .terminal, name: files.first?.target.value, content, origin,
                uses: files.flatMap { checkpoint.uses(of: $0.reference) })
        }
    }

    // MARK: Archives

    private func tmpfs() -> [RecoverableContent] {
        let names = checkpoint.library.source.imageNames.filter { name in
            let kind = ImageKind(fileName: name)
            return kind == .tmpfsDev || kind == .tmpfsImg
        }
        return names.flatMap { name in
            files(checkpoint.library.archive(name).value?.members ?? [], .tmpfs, Origin(name))
        }
    }

    private func devshm() -> [RecoverableContent] {
        files(checkpoint.sharedMemoryFiles.value ?? [], .devshm, Origin("devshm-checkpoint.tar"))
    }

    private func files(
        _ members: [ArchiveMember], _ kind: RecoverableContent.Kind, _ origin: Origin
    ) -> [RecoverableContent] {
        members.compactMap { member in
            guard member.type == .file else { return nil }
            let content: Content
            switch member.content {
            case .value(let value): content = value
            case .missing(let absence):
                content = Content(
                    size: member.size, pieces: member.size == 0 ? [] : [.missing(0..<member.size, absence)])
            }
            let time = member.modificationTime.flatMap { UInt64(exactly: $0) }.map {
                TimeValue(seconds: $0, nanoseconds: UInt64(clamping: member.modificationNanoseconds))
            }
            return RecoverableContent(
                kind, name: member.name, content, origin, uses: [], modifiedAt: time, mode: 0o100000 | member.mode)
        }
    }
}

extension Checkpoint {
    /// What no file system has any more, or never had: deleted files, memory, queues, contents of tmpfs. Collected anew each
    /// time; the bytes stay where they are.
    public var recoverableContents: [RecoverableContent] { RecoveryCollector(self).contents() }
}
