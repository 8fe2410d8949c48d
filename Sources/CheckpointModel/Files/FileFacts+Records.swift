internal import CRIUImages
internal import EvidenceText

extension FileFacts {
    /// Reads an entry of files.img.
    init(_ entry: FileEntry, _ order: ByteOrder) {
        let facts: FileFacts? =
            switch FileType(rawValue: entry.type.rawValue) {
            case .regular: entry.reg.map { FileFacts($0, order) }
            case .pipe: entry.pipe.map { FileFacts($0) }
            case .fifo: entry.fifo.map { FileFacts($0) }
            case .inetSocket: entry.isk.map { FileFacts($0) }
            case .unixSocket: entry.usk.map { FileFacts($0) }
            case .eventfd: entry.efd.map { FileFacts($0) }
            case .epoll: entry.epfd.map { FileFacts($0, $0.tfd) }
            case .inotify: entry.ify.map { FileFacts($0, $0.wd, order) }
            case .signalfd: entry.sgfd.map { FileFacts($0) }
            case .packetSocket: entry.psk.map { FileFacts($0) }
            case .terminal: entry.tty.map { FileFacts($0) }
            case .fanotify: entry.ffy.map { FileFacts($0, $0.mark, order) }
            case .netlinkSocket: entry.nlsk.map { FileFacts($0) }
            case .namespace: entry.nsf.map { FileFacts($0) }
            case .tun: entry.tunf.map { FileFacts($0) }
            case .external: entry.ext.map { FileFacts($0) }
            case .timerfd: entry.tfd.map { FileFacts($0) }
            case .memfd: entry.memfd.map { FileFacts($0) }
            case .bpfMap: entry.bpf.map { FileFacts($0) }
            case .pidfd: entry.pidfd.map { FileFacts($0) }
            default: nil
            }
        self = facts ?? FileFacts(id: entry.id, type: FileType(rawValue: entry.type.rawValue))
    }

    init(_ entry: RegFileEntry, _ order: ByteOrder) {
        let size: Known<UInt64> = .recorded(entry.size, "CRIU does not record the size of such files")
        let file = PathFile(
            path: entry.name, mountID: entry.mntId, size: size, isExternal: entry.ext == true,
            buildID: entry.buildId.flatMap { bytes(of: $0, order) }, checksum: entry.checksum)
        self.init(id: entry.id, type: .regular, entry.fown, .path(file))
        (flags, position, mode, path) = (entry.flags, entry.pos, entry.mode, entry.name)
        raw.path = entry.name
    }

    init(_ entry: PipeEntry) {
        let end = PipeEnd(pipeID: entry.pipeId, isNamed: false, pathFileID: nil)
        self.init(id: entry.id, type: .pipe, entry.fown, .pipe(end))
        (flags, target) = (entry.flags, ByteText("pipe:[\(entry.pipeId)]"))
        raw.pipeID = entry.pipeId
    }

    /// An old entry names no regular file: that has the same id.
    init(_ entry: FifoEntry) {
        self.init(id: entry.id, type: .fifo)
        pathFileID = entry.regfId ?? entry.id
        detail = .pipe(PipeEnd(pipeID: entry.pipeId, isNamed: true, pathFileID: pathFileID))
    }

    init(_ entry: EventfdFileEntry) {
        self.init(id: entry.id, type: .eventfd, entry.fown, .eventfd(EventCounter(count: entry.counter)))
        (flags, target) = (entry.flags, "anon_inode:[eventfd]")
    }

    init(_ entry: SignalfdEntry) {
        self.init(id: entry.id, type: .signalfd, entry.fown, .signalfd(SignalQueueFile(mask: entry.sigmask)))
        (flags, target) = (entry.flags, "anon_inode:[signalfd]")
    }

    init(_ entry: TimerfdEntry) {
        let timer = TimerFile(
            clock: entry.clockid, ticks: entry.ticks, settimeFlags: entry.settimeFlags,
            remaining: TimeValue(seconds: entry.vsec, nanoseconds: entry.vnsec),
            interval: TimeValue(seconds: entry.isec, nanoseconds: entry.insec))
        self.init(id: entry.id, type: .timerfd, entry.fown, .timerfd(timer))
        (flags, target) = (entry.flags, "anon_inode:[timerfd]")
    }

    init(_ entry: PidfdEntry) {
        let handle = ProcessHandle(pid: entry.nspid == -1 ? nil : entry.nspid, inode: entry.ino)
        self.init(id: entry.id, type: .pidfd, entry.fown, .pidfd(handle))
        // The kernel opens every one with O_RDWR, and CRIU takes that out, for `pidfd_open` does not want it.
        (flags, target) = (entry.flags | 2, "anon_inode:[pidfd]")
    }

    init(_ entry: TtyFileEntry) {
        let terminal = TerminalFile(terminalID: entry.ttyInfoId, pathFileID: entry.regfId)
        self.init(id: entry.id, type: .terminal, entry.fown, .terminal(terminal))
        (flags, pathFileID) = (entry.flags, entry.regfId)
    }

    init(_ entry: NsFileEntry) {
        self.init(id: entry.id, type: .namespace)
        // There is no target: the kernel's number in `net:[N]` is not in the image.
        (flags, detail) = (entry.flags, .namespace(NamespaceFile(id: entry.nsId, kindFlag: entry.nsCflag)))
    }

    init(_ entry: TunfileEntry) {
        self.init(id: entry.id, type: .tun)
        let tun = TunFile(
            device: entry.netdev, isDetached: entry.detached == true, networkNamespaceID: entry.nsId)
        // The regular file of the same id has path and flags.
        (detail, target, pathFileID) = (.tun(tun), "/dev/net/tun", entry.id)
    }

    init(_ entry: ExtFileEntry) {
        self.init(id: entry.id, type: .external, entry.fown, .external)
    }

    init(_ entry: MemfdFileEntry) {
        self.init(id: entry.id, type: .memfd, entry.fown, .unknown)
        (flags, position, memfdInode) = (entry.flags, entry.pos, entry.inodeId)
    }

    init(_ entry: BpfmapFileEntry) {
        let map = BPFMap(
            type: entry.mapType, id: entry.mapId, name: entry.mapName, keySize: entry.keySize,
            valueSize: entry.valueSize, capacity: entry.maxEntries, flags: entry.mapFlags, lockedBytes: entry.memlock,
            isFrozen: entry.frozen, interfaceIndex: entry.ifindex, extra: entry.mapExtra)
        self.init(id: entry.id, type: .bpfMap, entry.fown, .bpfMap(map))
        (flags, position, target) = (entry.flags, entry.pos, "anon_inode:bpf-map")
    }
}

extension Known {
    /// A value that an image may lack.
    static func recorded(_ value: Value?, _ detail: String) -> Known {
        value.map { .value($0) } ?? .missing(Absence(.notRecorded, detail))
    }
}

/// The bytes of a word as they were in the memory of the machine that wrote it.
func bytes(of word: UInt32, _ order: ByteOrder) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(order == .little ? $0 * 8 : 24 - $0 * 8)) }
}
