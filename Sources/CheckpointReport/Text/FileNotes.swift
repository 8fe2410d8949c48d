import CheckpointModel
import EvidenceText

/// What there is to say of an open file beside its row: unread data, what it watches, locks, where deleted content is.
struct FileNotes {
    let checkpoint: Checkpoint

    /// The lines for a descriptor of a process, free of control characters.
    func lines(_ descriptor: Descriptor, of pid: Int) -> [String] {
        guard let file = descriptor.file.value else { return [] }
        let label = descriptor.securityLabel.map { ["label: " + $0.forTerminal] } ?? []
        return shared(file, descriptor) + detail(file) + place(of: file) + owner(file)
            + locks(descriptor, pid) + label
    }

    // MARK: Of every file

    /// Which other descriptors share the open file, and whether it is on its way through a socket as well. Those of the
    /// same number in other processes are left out: a child inherits all.
    private func shared(_ file: OpenFile, _ descriptor: Descriptor) -> [String] {
        let others = checkpoint.uses(of: file.reference).filter { use in
            if case .descriptor(_, let number) = use { return number != descriptor.number }
            return use.needsTelling
        }
        guard !others.isEmpty else { return [] }
        let shown = others.prefix(8).map(\.text).joined(separator: ", ")
        return ["same open file: " + shown + (others.count > 8 ? " and \(others.count - 8) more" : "")]
    }

    private var numbering: SignalNumbering { SignalNumbering(checkpoint.architecture) }

    private func owner(_ file: OpenFile) -> [String] {
        guard let owner = file.owner.value else { return [] }
        let signal = owner.signal == 0 ? "SIGIO" : Signal(Int(owner.signal), numbering).name
        return ["sends \(signal) to \(owner.kind.name ?? "owner of kind \(owner.kind.rawValue)") \(owner.id)"]
    }

    private func locks(_ descriptor: Descriptor, _ pid: Int) -> [String] {
        checkpoint.locks(pid: pid, descriptor: descriptor.number).map { lock in
            let end = lock.length == 0 ? "end" : String(lock.start.addingCapped(lock.length) - 1)
            return "lock: \(lock.kind.name ?? "kind \(lock.kind.rawValue)") \(lock.typeNames.joined(separator: ",")) "
                + "\(lock.start)-\(end)"
        }
    }

    /// Where a file is whose path no longer leads to it.
    private func place(of file: OpenFile) -> [String] {
        switch checkpoint.remap(of: file) {
        case nil: return []
        case .ghost(let number):
            guard let ghost = checkpoint.ghost(number) else { return ["its content is not in the images"] }
            return [ghostText(ghost)]
        case .link(let id):
            let link = checkpoint.file(FileReference(type: .regular, id: id)).value?.target.value
            return ["still there as \(link?.forTerminal ?? "file \(id)"), a name that CRIU made"]
        case .process(let pid): return ["of process \(pid), which had ended"]
        case .other(let type, let id): return ["elsewhere: remap of type \(type), \(id)"]
        }
    }

    private func ghostText(_ ghost: GhostFile) -> String {
        let content = ghost.content.value.map { sizeText($0) + (ghost.isChunked ? " with holes" : "") }
        let target = ghost.linkTarget.map { "link to " + $0.forTerminal }
        let time = ghost.modifiedAt.value.map { ", modified " + $0.dateText } ?? ""
        return "stored in \(ghost.origin.image): \(content ?? target ?? "no content"), mode "
            + octalText(ghost.mode & 0o7777, width: 4) + ", owner \(ghost.userID):\(ghost.groupID)" + time
    }

    // MARK: By type

    private func detail(_ file: OpenFile) -> [String] {
        switch file.detail {
        case .pipe(let end): pipe(end)
        case .terminal(let terminal): self.terminal(terminal)
        case .eventfd(let counter): ["count \(counter.count)"]
        case .epoll(let poll): poll.targets.map { watch($0, file) }
        case .signalfd(let signals):
            ["signals: " + SignalSet(signals.mask, numbering).signals.map(\.name).joined(separator: ", ")]
        case .timerfd(let timer): [self.timer(timer)]
        case .inotify(let instance): instance.watches.map(watch)
        case .fanotify(let group): group.marks.map(mark)
        case .pidfd(let handle): [process(handle)]
        case .memfd(let memory): self.memory(memory)
        case .bpfMap(let map): [self.map(map)]
        case .namespace(let namespace): ["CRIU's id of the namespace: \(namespace.id)"]
        case .tun(let tun): [self.tun(tun)]
        case .socket(let socket): SocketNotes(checkpoint: checkpoint).queues(file, socket)
        case .external: ["dumped by a plugin of CRIU"]
        case .path(let path): path.isExternal ? ["external: the restorer has to supply it"] : []
        case .unknown: []
        }
    }

    private func pipe(_ end: PipeEnd) -> [String] {
        guard let pipe = checkpoint.pipe(of: end) else { return [] }
        var lines: [String] = []
        if let unread = pipe.unread.value, unread.size > 0 {
            let room = pipe.capacity.value.map { " of \(byteText(UInt64($0)))" } ?? ""
            lines.append("unread: \(sizeText(unread))\(room) \(previewText(unread))")
        }
        if pipe.readers.isEmpty { lines.append("no process here has the read end") }
        if pipe.writers.isEmpty { lines.append("no process here has the write end") }
        return lines
    }

    private func terminal(_ file: TerminalFile) -> [String] {
        guard let terminal = checkpoint.terminal(of: file).value else { return ["no image has the terminal"] }
        let flags = [
            ("locked", terminal.isLocked), ("exclusive", terminal.isExclusive), ("packets", terminal.isPacketMode),
        ]
        let side = terminal.isMaster.map { $0 ? " master" : " slave" } ?? ""
        let size = terminal.windowSize.value.map { $0.rows == 0 ? [] : ["\($0.columns)x\($0.rows)"] } ?? []
        let session = terminal.sessionID == 0 ? [] : ["session \(terminal.sessionID), group \(terminal.groupID)"]
        let kind = (terminal.kind.name ?? "kind \(terminal.kind.rawValue)") + (terminal.index.map { " \($0)" } ?? "")
        var lines = [([kind + side] + size + session + flags.filter(\.1).map(\.0)).joined(separator: ", ")]
        if let unread = terminal.unread.value, unread.size > 0 {
            lines.append("unread: \(sizeText(unread)) \(previewText(unread))")
        }
        return lines
    }

    private func watch(_ target: EventPoll.Target, _ file: OpenFile) -> String {
        let found = checkpoint.target(of: target, in: file.reference).flatMap { checkpoint.file($0).value }
        let name = found?.target.value?.forTerminal ?? found.map { $0.type.word } ?? "closed since"
        return "watches \(target.descriptor) \(name) for \(target.eventNames.joined(separator: "|")), data 0x"
            + String(target.data, radix: 16)
    }

    private func watch(_ watch: InotifyInstance.Watch) -> String {
        "watch \(watch.number): \(text(watch.handle, watch.inode, watch.device)) for "
            + watch.maskNames.joined(separator: "|")
    }

    private func mark(_ mark: FanotifyGroup.Mark) -> String {
        let subject =
            switch mark.subject {
            case .file(let inode, let handle): text(handle, inode, mark.device)
            case .mount(let id, let path): "mount \(path?.forTerminal ?? String(id))"
            case .other(let type): "mark of type \(type)"
            }
        let ignored = mark.ignoredMask == 0 ? "" : ", ignores " + mark.ignoredMaskNames.joined(separator: "|")
        return "marks \(subject) for " + mark.maskNames.joined(separator: "|") + ignored
    }

    private func text(_ handle: FileHandle, _ inode: UInt64, _ device: DeviceNumber) -> String {
        handle.path.value?.forTerminal ?? "inode \(inode) on device \(device.description)"
    }

    private func timer(_ timer: TimerFile) -> String {
        let clock = timer.clockName ?? "clock \(timer.clock)"
        let state = timer.remaining.isZero ? "disarmed" : "expires in " + secondsText(timer.remaining)
        let interval = timer.interval.isZero ? "" : ", then every " + secondsText(timer.interval)
        let ticks = timer.ticks == 0 ? "" : ", \(timer.ticks) expirations unread"
        return "\(clock), \(state)\(interval)\(ticks)" + (timer.isAbsolute ? ", set to a time of day" : "")
    }

    private func process(_ handle: ProcessHandle) -> String {
        guard let pid = handle.pid else { return "of a process that had ended" }
        let name = checkpoint.process(Int(pid))?.name.value?.forTerminal
        return "of process \(pid)" + (name.map { " " + $0 } ?? ", which is not in the dump")
    }

    private func memory(_ memory: MemoryFile) -> [String] {
        guard let inode = memory.inode.value else { return [] }
        let seals = inode.seals == 0 ? [] : ["seals: " + inode.sealNames.joined(separator: ", ")]
        let pages = inode.hugePageSize.map { ["huge pages" + ($0 == 0 ? "" : " of " + byteText($0))] } ?? []
        let content = checkpoint.sharedMemory(UInt64(inode.sharedMemoryID))?.content.value.map(sizeText)
        return [([content ?? byteText(inode.size)] + seals + pages).joined(separator: ", ")]
    }

    private func map(_ map: BPFMap) -> String {
        let name = map.name.isEmpty ? "" : " " + map.name.forTerminal
        let held = checkpoint.content(of: map).value.map { "\($0.count)" } ?? "?"
        return
            "\(map.typeName ?? "type \(map.type)") map \(map.id)\(name), \(held) of \(map.capacity) entries, keys of "
            + "\(map.keySize), values of \(map.valueSize) bytes" + (map.isFrozen ? ", frozen" : "")
    }

    private func tun(_ tun: TunFile) -> String {
        guard let device = tun.device else { return "not attached to a device" }
        return "device \(device.forTerminal)" + (tun.isDetached ? ", detached" : "")
    }
}

extension Int64 {
    /// The sum, or the largest number if it is beyond that.
    fileprivate func addingCapped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
