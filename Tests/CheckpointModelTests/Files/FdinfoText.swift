import CheckpointModel

/// Writes what the model knows of an open file as /proc/PID/fdinfo has it, words parted by one blank.
struct FdinfoText {
    let checkpoint: Checkpoint

    /// The lines of a file, in the order of the kernel.
    func lines(of file: OpenFile) -> [String] {
        switch file.detail {
        case .eventfd(let counter): return ["eventfd-count: \(hex(counter.count))"]
        case .signalfd(let signals): return ["sigmask: " + padded(signals.mask, 16)]
        case .timerfd(let timer):
            return [
                "clockid: \(timer.clock)", "ticks: \(timer.ticks)",
                "settime flags: 0\(String(timer.settimeFlags, radix: 8))",
                "it_interval: (\(timer.interval.seconds), \(timer.interval.nanoseconds))",
            ]
        case .epoll(let poll): return poll.targets.map(line)
        case .inotify(let instance): return instance.watches.map(line)
        case .fanotify(let group):
            return [
                "fanotify flags:\(hex(UInt64(group.initFlags))) event-flags:\(hex(UInt64(group.eventFlags)))"
            ] + group.marks.map(line)
        case .pidfd(let handle): return ["Pid: \(handle.pid ?? -1)", "NSpid: \(handle.pid ?? -1)"]
        case .terminal(let terminal):
            // The kernel tells the number at the master side only.
            guard let terminal = checkpoint.terminal(of: terminal).value, terminal.isMaster == true else { return [] }
            return ["tty-index: \(terminal.index ?? .max)"]
        case .socket(let socket) where socket.family == 1:
            return ["scm_fds: \(checkpoint.queuedPackets(at: file).reduce(0) { $0 + $1.rights.count })"]
        default: return []
        }
    }

    private func line(_ target: EventPoll.Target) -> String {
        let device = target.device.map { $0.major << 20 | $0.minor } ?? 0
        return "tfd: \(target.descriptor) events: \(hex(UInt64(target.events))) data: \(hex(target.data)) "
            + "pos:\(target.position ?? 0) ino:\(hex(target.inode ?? 0)) sdev:\(hex(UInt64(device)))"
    }

    private func line(_ watch: InotifyInstance.Watch) -> String {
        "inotify wd:\(watch.number) ino:\(hex(watch.inode)) sdev:\(hex(watch.device)) mask:\(hex(UInt64(watch.mask))) "
            + "ignored_mask:0 \(text(watch.handle))"
    }

    private func line(_ mark: FanotifyGroup.Mark) -> String {
        guard case .file(let inode, let handle) = mark.subject else { return "\(mark.subject)" }
        return "fanotify ino:\(hex(inode)) sdev:\(hex(mark.device)) mflags:\(hex(UInt64(mark.flags))) "
            + "mask:\(hex(UInt64(mark.mask))) ignored_mask:\(hex(UInt64(mark.ignoredMask))) \(text(handle))"
    }

    private func text(_ handle: FileHandle) -> String {
        "fhandle-bytes:\(hex(UInt64(handle.bytes.count))) fhandle-type:\(hex(UInt64(handle.type))) "
            + "f_handle:" + handle.bytes.map { padded(UInt64($0), 2) }.joined()
    }

    private func hex(_ device: DeviceNumber) -> String { hex(UInt64(device.major << 20 | device.minor)) }

    private func hex(_ value: UInt64) -> String { String(value, radix: 16) }

    private func padded(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
}
