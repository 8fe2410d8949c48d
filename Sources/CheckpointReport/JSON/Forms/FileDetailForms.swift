import CheckpointModel
import EvidenceText

/// What is particular to the sorts of files.
extension Forms {
    /// The members of a file that go with its type.
    static let fileDetails: [Field<FileReport>] = [
        .optional("path_file", pathFile, "What there is to say of a file opened by path.") { $0.file.detail.pathFile },
        .optional("pipe", pipeEnd, "The pipe that it is an end of.") { $0.file.detail.pipe },
        .optional("terminal", .integer.aside, "The id of the terminal.") { $0.file.detail.terminal?.terminalID },
        .optional("socket", .integer.aside, "The inode number of the socket.") { $0.file.socket?.inode },
        .optional("eventfd", eventfd, "The event counter.") { $0.file.detail.eventfd },
        .optional("epoll", epoll, "What an epoll instance watches.") { $0.epoll },
        .optional("signalfd", signalSet, "The signals that are read from it.") { $0.signalSet },
        .optional("timerfd", timerfd, "The timer.") { $0.file.detail.timerfd },
        .optional("inotify", .list(inotifyWatch), "What an inotify instance watches.") {
            $0.file.detail.inotify?.watches
        },
        .optional("fanotify", fanotify, "What a fanotify group watches.") { $0.file.detail.fanotify },
        .optional("pidfd", pidfd, "The process that it stands for.") { $0.file.detail.pidfd },
        .optional("memfd", memfd, "The memory behind it.") { $0.file.detail.memfd },
        .optional("bpf_map", bpfMap, "The BPF map.") { $0.bpfMap },
        .optional("namespace", namespaceFile, "The namespace.") { $0.file.detail.namespace },
        .optional("tun", tun, "The tun or tap device.") { $0.file.detail.tun },
    ]

    private static let pathFile = Form<PathFile>.object(
        "path_file", "A file that was opened by path.",
        [
            .must("path", .text, "The path; of a deleted file the last known one.") { $0.path },
            .optional("mount_id", .integer.aside, "The mount that it is on.") { $0.mountID },
            .known("size", .count, "The size in bytes.") { $0.size },
            .must("external", .flag, "Whether the restorer has to supply it.") { $0.isExternal },
            .must("link_remap", .flag, "Whether CRIU made the name when it dumped.") { $0.isLinkRemap },
            .optional("build_id", .bytes, "The build id of an ELF file.") { $0.buildID.isEmpty ? nil : $0.buildID },
            .optional("checksum", .hexadecimal, "The CRC32C of the content.") { $0.checksum },
        ])

    private static let pipeEnd = Form<PipeEnd>.object(
        "pipe_end", "An end of a pipe.",
        [
            .must("id", .integer, "The inode number of the pipe.") { $0.pipeID },
            .must("named", .flag, "Whether the pipe has a name in a file system.") { $0.isNamed },
        ])

    private static let eventfd = Form<EventCounter>.object(
        "eventfd", "An event counter.",
        [
            .must("count", .count, "The count.") { $0.count },
            .known("semaphore", .flag, "Whether reads take one at a time.") { _ in
                .missing(EventCounter.semaphoreAbsence)
            },
        ])

    private static let epoll = Form<[EpollTargetReport]>.list(
        Form<EpollTargetReport>.object(
            "epoll_target", "A descriptor that an epoll instance watches.",
            [
                .must("fd", .integer, "The number that the descriptor had when it was added.") { $0.target.descriptor },
                .must("events", .strings, "The events waited for.") { $0.target.eventNames },
                .must("data", .hexadecimal, "What the program gets back with each event.") { $0.target.data },
                .optional("file", .integer.aside, "The id of the watched file, if the descriptor is still open.") {
                    $0.file?.id
                },
                .optional("target", .fileTarget, "What the descriptor leads to.") { $0.file?.target.value },
                .optional("device", .string, "The device of the watched file.") { $0.target.device?.description },
                .optional("inode", .count.aside, "The inode number of the watched file.") { $0.target.inode },
                .optional("position", .count, "The offset of the watched file.") { $0.target.position },
            ]
        ).matched(by: "fd"))

    /// A duration or time.
    static let duration = Form<TimeValue>.object(
        "duration", "A duration, or a time since 1970.",
        [
            .must("seconds", .count, "Whole seconds.") { $0.seconds },
            .must("nanoseconds", .count, "Nanoseconds to add.") { $0.nanoseconds },
        ]
    ).asOne

    private static let timerfd = Form<TimerFile>.object(
        "timerfd", "A timer that is read as a file.",
        [
            .must("clock", .string, "The clock that it runs by.") { $0.clockName ?? String($0.clock) },
            .must("ticks", .count, "How often it expired since it was last read.") { $0.ticks },
            .must("flags", .strings, "The flags of timerfd_settime.") { $0.settimeFlagNames },
            .must("remaining", duration, "The time that remained; zero if it is disarmed.") { $0.remaining },
            .must("interval", duration, "How often it repeats; zero if it does not.") { $0.interval },
        ])

    private static let pidfd = Form<ProcessHandle>.object(
        "pidfd", "A descriptor that stands for a process.",
        [
            .optional("pid", .processID, "The process; absent if it had ended.") { $0.pid },
            .must("ended", .flag, "Whether the process had ended.") { $0.pid == nil },
            .must("inode", .integer.aside, "The inode number of the descriptor.") { $0.inode },
        ])

    private static let namespaceFile = Form<NamespaceFile>.object(
        "namespace_file", "A descriptor of a namespace.",
        [
            .must("id", .integer, "CRIU's id of the namespace.") { $0.id },
            .must("kind", .string, "The kind of namespace, as in /proc/PID/ns; else its flag.") {
                $0.kindName ?? "0x" + String($0.kindFlag, radix: 16)
            },
        ])

    private static let tun = Form<TunFile>.object(
        "tun_file", "The file behind a tun or tap device.",
        [
            .optional("device", .text, "The network device; absent if it is not attached to one.") { $0.device },
            .must("detached", .flag, "Whether its queue is detached from the device.") { $0.isDetached },
            .optional("network_namespace", .integer.aside, "CRIU's id of the network namespace.") {
                $0.networkNamespaceID
            },
        ])
}

/// A watched descriptor with the file that it leads to.
struct EpollTargetReport: Sendable {
    let target: EventPoll.Target
    let file: OpenFile?
}

extension FileReport {
    fileprivate var epoll: [EpollTargetReport]? {
        guard case .epoll(let poll) = file.detail else { return nil }
        return poll.targets.map { target in
            let reference = checkpoint.target(of: target, in: file.reference)
            return EpollTargetReport(target: target, file: reference.flatMap { checkpoint.file($0).value })
        }
    }

    fileprivate var bpfMap: BPFMapReport? {
        guard case .bpfMap(let map) = file.detail else { return nil }
        return BPFMapReport(map: map, content: checkpoint.content(of: map))
    }
}

extension FileDetail {
    fileprivate var pathFile: PathFile? {
        guard case .path(let file) = self else { return nil }
        return file
    }

    fileprivate var pipe: PipeEnd? {
        guard case .pipe(let end) = self else { return nil }
        return end
    }

    fileprivate var terminal: TerminalFile? {
        guard case .terminal(let terminal) = self else { return nil }
        return terminal
    }

    fileprivate var eventfd: EventCounter? {
        guard case .eventfd(let counter) = self else { return nil }
        return counter
    }

    fileprivate var timerfd: TimerFile? {
        guard case .timerfd(let timer) = self else { return nil }
        return timer
    }

    fileprivate var inotify: InotifyInstance? {
        guard case .inotify(let instance) = self else { return nil }
        return instance
    }

    fileprivate var fanotify: FanotifyGroup? {
        guard case .fanotify(let group) = self else { return nil }
        return group
    }

    fileprivate var pidfd: ProcessHandle? {
        guard case .pidfd(let handle) = self else { return nil }
        return handle
    }

    fileprivate var memfd: MemoryFile? {
        guard case .memfd(let memory) = self else { return nil }
        return memory
    }

    fileprivate var namespace: NamespaceFile? {
        guard case .namespace(let namespace) = self else { return nil }
        return namespace
    }

    fileprivate var tun: TunFile? {
        guard case .tun(let tun) = self else { return nil }
        return tun
    }
}
