internal import CheckpointModel
internal import EvidenceText

/// Files and queues whose content the images have.
extension TargetList {
    func contents(_ segments: [Int: [MemorySegment]]) -> [MemoryTarget] {
        let files = deletedFiles(segments)
        if selection.isOfAddresses { return files }
        return files + pipes() + terminals() + messages() + streams() + memoryFiles()
    }

    private func deletedFiles(_ segments: [Int: [MemorySegment]]) -> [MemoryTarget] {
        checkpoint.ghosts.compactMap { ghost -> MemoryTarget? in
            guard let content = ghost.content.value else { return nil }
            let files = ghost.files.map { FileReference(type: .regular, id: $0) }
            let place = ContentPlace(
                .deletedFile, ghost.path.value ?? "", image: ghost.origin.image, pids: pids(of: files),
                ghost: ghost.number)
            let found = target(place, content)
            guard selection.isOfAddresses else { return found }
            let ranges = selectedOffsets(segments) { checkpoint.ghost(mappedBy: $0) == ghost.number }
            return found.map { MemoryTarget(place: $0.place, space: $0.space, ranges: ranges) }
        }
    }

    private func pipes() -> [MemoryTarget] {
        checkpoint.pipes.compactMap { pipe -> MemoryTarget? in
            guard let content = pipe.unread.value, let origin = pipe.origin else { return nil }
            let name = pipe.path ?? ByteText("pipe:[\(pipe.id)]")
            let place = ContentPlace(.pipe, name, image: origin.image, pids: pids(of: pipe.readers + pipe.writers))
            return target(place, content)
        }
    }

    private func terminals() -> [MemoryTarget] {
        var users: [UInt32: Set<Int>] = [:]
        for file in checkpoint.files {
            guard case .terminal(let terminal) = file.detail else { continue }
            users[terminal.terminalID, default: []].formUnion(pids(of: [file.reference]))
        }
        return checkpoint.terminals.compactMap { terminal -> MemoryTarget? in
            guard let content = terminal.unread.value, let origin = terminal.unreadOrigin else { return nil }
            let name = terminal.index.map { "/dev/pts/\($0)" + (terminal.isMaster == true ? ", master" : "") }
            return target(
                ContentPlace(
                    .terminal, ByteText(name ?? "terminal \(terminal.id)"), image: origin.image,
                    pids: users[terminal.id] ?? []), content)
        }
    }

    private func messages() -> [MemoryTarget] {
        let sockets = Dictionary(
            checkpoint.files.filter { $0.type == .unixSocket }.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        return checkpoint.queuedPackets.compactMap { packet in
            let socket = sockets[packet.receiver]
            let place = ContentPlace(
                .unixMessage, socket?.target.value ?? ByteText("socket \(packet.receiver)"),
                image: packet.origin.image, pids: socket.map { pids(of: [$0.reference]) } ?? [])
            return target(place, packet.content)
        }
    }

    private func streams() -> [MemoryTarget] {
        checkpoint.files.flatMap { file -> [MemoryTarget] in
            guard let socket = file.socket, let stream = checkpoint.tcpStream(of: socket).value else { return [] }
            return [(ContentPlace.Kind.tcpReceived, stream.received), (.tcpSent, stream.sent)].compactMap {
                target(
                    ContentPlace(
                        $0, file.target.value ?? "socket", image: stream.origin.image, pids: pids(of: [file.reference])),
                    $1)
            }
        }
    }

    private func memoryFiles() -> [MemoryTarget] {
        checkpoint.memoryFiles.compactMap { file in
            guard let content = file.member.content.value else { return nil }
            return target(ContentPlace(.memoryFile, file.member.name, image: file.archive), content)
        }
    }

    private func target(_ place: ContentPlace, _ content: Content) -> MemoryTarget? {
        guard isUsed(Set(place.pids)), content.size > 0 else { return nil }
        return MemoryTarget(
            place: .content(place), space: ContentSpace(content: content), ranges: [0..<content.size])
    }

    func isUsed(_ pids: Set<Int>) -> Bool { selection.pids.isEmpty || !pids.isDisjoint(with: selection.pids) }

    private func pids(of files: [FileReference]) -> Set<Int> { files.reduce(into: []) { $0.formUnion(pids(of: $1)) } }

    func pids(of file: FileReference) -> Set<Int> {
        Set(
            checkpoint.uses(of: file).compactMap { use in
                switch use {
                case .descriptor(let pid, _), .executable(let pid), .mapping(let pid): pid
                default: nil
                }
            })
    }
}

extension Checkpoint {
    /// The number of the deleted file that an area maps; nil if it maps none.
    func ghost(mappedBy segment: MemorySegment) -> UInt32? {
        guard let file = segment.file.value, case .ghost(let number) = remap(of: file) else { return nil }
        return number
    }
}
