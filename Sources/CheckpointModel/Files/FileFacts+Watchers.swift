internal import CRIUImages
internal import EvidenceText

/// Files that watch others. Older images have what they watch beside them, newer ones in them.
extension FileFacts {
    init(_ entry: EventpollFileEntry, _ targets: [EventpollTfdEntry]) {
        let targets = targets.map { target in
            EventPoll.Target(
                descriptor: target.tfd, events: target.events, data: target.data,
                device: target.dev.map { DeviceNumber(kernel: $0) }, inode: target.inode, position: target.pos)
        }
        self.init(id: entry.id, type: .epoll, entry.fown, .epoll(EventPoll(targets: targets)))
        (flags, target) = (entry.flags, "anon_inode:[eventpoll]")
    }

    init(_ entry: InotifyFileEntry, _ watches: [InotifyWdEntry], _ order: ByteOrder) {
        let watches = watches.map { watch in
            InotifyInstance.Watch(
                number: watch.wd, mask: watch.mask, device: DeviceNumber(kernel: watch.sDev), inode: watch.iIno,
                handle: FileHandle(watch.fHandle, order))
        }
        self.init(id: entry.id, type: .inotify, entry.fown, .inotify(InotifyInstance(watches: watches)))
        (flags, target) = (entry.flags, "anon_inode:inotify")
    }

    init(_ entry: FanotifyFileEntry, _ marks: [FanotifyMarkEntry], _ order: ByteOrder) {
        let marks = marks.map { mark in
            FanotifyGroup.Mark(
                subject: FanotifyGroup.Subject(mark, order), device: DeviceNumber(kernel: mark.sDev),
                flags: mark.mflags, mask: mark.mask, ignoredMask: mark.ignoredMask)
        }
        let group = FanotifyGroup(initFlags: entry.faflags, eventFlags: entry.evflags, marks: marks)
        self.init(id: entry.id, type: .fanotify, entry.fown, .fanotify(group))
        (flags, target) = (entry.flags, "anon_inode:[fanotify]")
    }
}

extension FanotifyGroup.Subject {
    fileprivate init(_ mark: FanotifyMarkEntry, _ order: ByteOrder) {
        if let file = mark.ie {
            self = .file(inode: file.iIno, FileHandle(file.fHandle, order))
        } else if let mount = mark.me {
            self = .mount(id: mount.mntId, path: mount.path)
        } else {
            self = .other(mark.type.rawValue)
        }
    }
}
