internal import CheckpointModel

/// Files and queues whose content the images have.
extension TargetList {
    func contents(_ segments: [Int: [MemorySegment]]) -> [MemoryTarget] {
        checkpoint.recoverableContents.compactMap { content in
            guard !content.isMemory, content.content.size > 0 else { return nil }
            if selection.isOfAddresses { return mappedFile(content, segments) }
            guard selection.pids.isEmpty || !selection.pids.isDisjoint(with: content.pids) else { return nil }
            return target(content, ranges(of: content))
        }
    }

    /// A deleted file, as far as selected areas show it.
    private func mappedFile(_ content: RecoverableContent, _ segments: [Int: [MemorySegment]]) -> MemoryTarget? {
        guard content.kind == .ghost else { return nil }
        return target(
            content, selectedOffsets(segments) { checkpoint.image(ofFileMappedBy: $0) == content.origin.image })
    }

    private func target(_ content: RecoverableContent, _ ranges: [Range<UInt64>]) -> MemoryTarget {
        MemoryTarget(place: .content(content), space: ContentSpace(content: content.content), ranges: ranges)
    }

    /// All of it; but messages that were not of a stream are apart from each other.
    private func ranges(of content: RecoverableContent) -> [Range<UInt64>] {
        if content.kind == .unixQueue, socketType(of: content) != 1 { return content.messages.map(\.range) }
        return [0..<content.content.size]
    }

    /// The type of the socket that has a queue (`SOCK_*`); nil if no process has it.
    private func socketType(of content: RecoverableContent) -> UInt32? {
        for case .descriptor(let pid, let number) in content.uses {
            let file = checkpoint.file(pid: pid, descriptor: number).flatMap { checkpoint.file($0).value }
            if let type = file?.socket?.type { return type }
        }
        return nil
    }
}

extension RecoverableContent {
    /// Whether it is memory that processes share, which is searched as such.
    fileprivate var isMemory: Bool {
        switch kind {
        case .memfd, .anonymous, .sysv: true
        default: false
        }
    }
}

extension Checkpoint {
    /// The image of the deleted file that an area maps; nil if it maps none.
    func image(ofFileMappedBy segment: MemorySegment) -> String? {
        guard let file = segment.file.value, case .ghost(let number) = remap(of: file) else { return nil }
        return ghost(number)?.origin.image
    }
}
