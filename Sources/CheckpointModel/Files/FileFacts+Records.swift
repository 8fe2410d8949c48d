internal import CRIUImages
internal import EvidenceText

extension FileFacts {
    /// Reads an entry of files.img.
    init(_ entry: FileEntry) {
        let facts: FileFacts? =
            switch FileType(rawValue: entry.type.rawValue) {
            case .regular: entry.reg.map { FileFacts($0) }
            case .pipe: entry.pipe.map { FileFacts($0) }
            case .fifo: entry.fifo.map { FileFacts($0) }
            case .inetSocket: entry.isk.map { FileFacts($0) }
            case .unixSocket: entry.usk.map { FileFacts($0) }
            case .eventfd: entry.efd.map { FileFacts($0) }
            case .epoll: entry.epfd.map { FileFacts($0) }
            case .inotify: entry.ify.map { FileFacts($0) }
            case .signalfd: entry.sgfd.map { FileFacts($0) }
            case .packetSocket: entry.psk.map { FileFacts($0) }
            case .terminal: entry.tty.map { FileFacts($0) }
            case .fanotify: entry.ffy.map { FileFacts($0) }
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

    init(_ entry: RegFileEntry) {
        self.init(id: entry.id, type: .regular)
        (flags, position, mode, path) = (entry.flags, entry.pos, entry.mode, entry.name)
        raw.path = entry.name
    }

    init(_ entry: PipeEntry) {
        self.init(id: entry.id, type: .pipe)
        (flags, target) = (entry.flags, ByteText("pipe:[\(entry.pipeId)]"))
        raw.pipeID = entry.pipeId
    }

    init(_ entry: FifoEntry) {
        self.init(id: entry.id, type: .fifo)
        pathFileID = entry.regfId
    }

    init(_ entry: EventfdFileEntry) {
        self.init(id: entry.id, type: .eventfd)
        (flags, target) = (entry.flags, "anon_inode:[eventfd]")
    }

    init(_ entry: EventpollFileEntry) {
        self.init(id: entry.id, type: .epoll)
        (flags, target) = (entry.flags, "anon_inode:[eventpoll]")
    }

    init(_ entry: InotifyFileEntry) {
        self.init(id: entry.id, type: .inotify)
        (flags, target) = (entry.flags, "anon_inode:inotify")
    }

    init(_ entry: FanotifyFileEntry) {
        self.init(id: entry.id, type: .fanotify)
        (flags, target) = (entry.flags, "anon_inode:[fanotify]")
    }

    init(_ entry: SignalfdEntry) {
        self.init(id: entry.id, type: .signalfd)
        (flags, target) = (entry.flags, "anon_inode:[signalfd]")
    }

    init(_ entry: TimerfdEntry) {
        self.init(id: entry.id, type: .timerfd)
        (flags, target) = (entry.flags, "anon_inode:[timerfd]")
    }

    init(_ entry: PidfdEntry) {
        self.init(id: entry.id, type: .pidfd)
        // The kernel opens every one with O_RDWR, and CRIU takes that out, for `pidfd_open` does not want it.
        (flags, target) = (entry.flags | 2, "anon_inode:[pidfd]")
    }

    init(_ entry: TtyFileEntry) {
        self.init(id: entry.id, type: .terminal)
        (flags, pathFileID) = (entry.flags, entry.regfId)
    }

    init(_ entry: NsFileEntry) {
        self.init(id: entry.id, type: .namespace)
        (flags, namespaceID) = (entry.flags, entry.nsId)
    }

    init(_ entry: TunfileEntry) {
        self.init(id: entry.id, type: .tun)
        target = "/dev/net/tun"
    }

    init(_ entry: ExtFileEntry) {
        self.init(id: entry.id, type: .external)
    }

    init(_ entry: MemfdFileEntry) {
        self.init(id: entry.id, type: .memfd)
        (flags, position, memfdInode) = (entry.flags, entry.pos, entry.inodeId)
    }

    init(_ entry: BpfmapFileEntry) {
        self.init(id: entry.id, type: .bpfMap)
        (flags, position, target) = (entry.flags, entry.pos, "anon_inode:bpf-map")
    }
}
