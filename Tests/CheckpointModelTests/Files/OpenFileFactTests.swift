import CheckpointModel
import EvidenceText
import Testing

/// What the workload of the dump `files` said of its descriptors.
@Suite("The facts of open files with known contents")
struct OpenFileFactTests {
    private let known: KnownCheckpoint
    private let pid = 4736
    private let child = 4737

    init() throws {
        known = try KnownCheckpoint.named("files")
    }

    private func pipe(_ descriptor: UInt32) throws -> Pipe {
        guard case .pipe(let end) = try known.file(pid, descriptor).detail else { throw TruthError(text: "no pipe") }
        return try #require(known.checkpoint.pipe(of: end))
    }

    private func holders(_ files: [FileReference]) -> [FileUse] {
        files.flatMap { known.checkpoint.uses(of: $0) }
    }

    @Test("Unread data of pipes, and who has the ends")
    func pipes() throws {
        let full = try pipe(35)
        #expect(try text(full.unread) == "pipe-payload: unread in the pipe\n")
        #expect(full.capacity == .value(65536))
        #expect(holders(full.readers).contains(.descriptor(pid: pid, number: 35)))
        #expect(holders(full.writers).contains(.descriptor(pid: pid, number: 36)))
        let closed = try pipe(37)
        let unread = try #require(closed.unread.value).prefix(9001)
        #expect(unread.count == 9000 && unread.suffix(10) == Array("endofpipe\n".utf8))
        #expect(unread.dropLast(10).allSatisfy { $0 == 0x50 })
        #expect(closed.capacity == .value(1 << 20))
        #expect(closed.writers == [])
        #expect(try pipe(39).readers == [])
    }

    @Test("Unread data of named pipes, one of them deleted")
    func namedPipes() throws {
        let fifo = try pipe(38)
        #expect(fifo.isNamed && fifo.path == "/srv/forensics/files/queue.fifo")
        #expect(try text(fifo.unread) == "fifo-payload: waiting in the fifo\n")
        #expect(fifo.readers.count == 2 && fifo.writers.count == 1)
        let deleted = try pipe(41)
        #expect(try text(deleted.unread) == "deleted-fifo-payload")
        #expect(try known.file(pid, 41).isDeleted)
    }

    @Test("The owner whom a pipe signals")
    func owner() throws {
        let owner = try #require(known.file(pid, 22).owner.value)
        #expect(owner.id == 4736 && owner.kind.name == "process" && owner.signal == 39)
        #expect(try known.file(pid, 23).owner.absence?.reason == .notApplicable)
    }

    @Test("What epoll watches leads to the files, also another epoll")
    func epoll() throws {
        let file = try known.file(pid, 51)
        guard case .epoll(let poll) = file.detail else { throw TruthError(text: "no epoll") }
        let targets = poll.targets.map { known.checkpoint.target(of: $0, in: file.reference) }
        #expect(try targets == [44, 42, 45, 43, 49].map { try known.file(pid, $0).reference })
        #expect(poll.targets[4].eventNames.contains("EPOLLONESHOT"))
        #expect(poll.targets[1].eventNames.contains("EPOLLET"))
        let outer = try known.file(pid, 52)
        guard case .epoll(let nested) = outer.detail else { throw TruthError(text: "no epoll") }
        #expect(known.checkpoint.target(of: nested.targets[0], in: outer.reference) == file.reference)
    }

    @Test("Watched files by path, events by name")
    func watches() throws {
        guard case .inotify(let instance) = try known.file(pid, 53).detail,
            case .fanotify(let group) = try known.file(pid, 54).detail
        else { throw TruthError(text: "no watches") }
        #expect(
            instance.watches.map(\.handle.path.value) == [
                "/srv/forensics/files/plain.txt", "/srv/forensics/files/watched",
            ])
        #expect(
            instance.watches.map(\.maskNames) == [
                ["IN_ACCESS", "IN_MODIFY", "IN_CLOSE_WRITE"], ["IN_MOVED_TO", "IN_CREATE", "IN_DELETE"],
            ])
        #expect(group.initFlagNames == ["FAN_CLASS_NOTIF", "FAN_NONBLOCK"])
        #expect(group.marks.map(\.maskNames) == [["FAN_MODIFY", "FAN_CLOSE_WRITE"]])
        #expect(group.marks.map(\.ignoredMaskNames) == [["FAN_ACCESS"]])
    }

    @Test("Signals, clocks and flags of timers by name")
    func names() throws {
        guard case .signalfd(let signals) = try known.file(pid, 44).detail,
            case .timerfd(let timer) = try known.file(pid, 46).detail
        else { throw TruthError(text: "no signals or timer") }
        #expect(signals.signals == [10, 35])
        #expect(timer.clockName == "CLOCK_REALTIME" && timer.isAbsolute)
        #expect(timer.settimeFlagNames == ["TFD_TIMER_ABSTIME", "TFD_TIMER_CANCEL_ON_SET"])
    }

    @Test("Both sides of a terminal: settings, size, what waits")
    func terminals() throws {
        guard case .terminal(let master) = try known.file(pid, 59).detail,
            case .terminal(let slave) = try known.file(pid, 60).detail
        else { throw TruthError(text: "no terminal") }
        let (outer, inner) = (
            try #require(known.checkpoint.terminal(of: master).value),
            try #require(known.checkpoint.terminal(of: slave).value)
        )
        #expect(outer.isMaster == true && inner.isMaster == false && inner.index == 0)
        #expect(try text(outer.unread) == "shown on the screen\r\r\n")
        #expect(try text(inner.unread) == "typed at the keyboard\n")
        let window = try #require(inner.windowSize.value)
        #expect([window.rows, window.columns, window.width, window.height] == [24, 80, 640, 480])
        #expect(outer.device.description == "5:2" && inner.device.description == "136:0")
        let settings = try #require(inner.settings.value)
        #expect(!settings.localFlagNames.contains("ECHO") && settings.localFlagNames.contains("ICANON"))
        #expect(settings.controlFlagNames == ["B38400", "CS8", "CREAD"])
        #expect(settings.namedCharacters.first { $0.name == "VINTR" }?.value == 7)
    }

    @Test("Memfds: seals, and content with holes")
    func memfds() throws {
        guard case .memfd(let sealed) = try known.file(pid, 55).detail,
            case .memfd(let again) = try known.file(pid, 57).detail,
            case .memfd(let sparse) = try known.file(pid, 56).detail
        else { throw TruthError(text: "no memfd") }
        let inode = try #require(sealed.inode.value)
        #expect(inode.sealNames == ["F_SEAL_SHRINK", "F_SEAL_GROW", "F_SEAL_WRITE"])
        #expect(again.inode == sealed.inode)
        let object = try #require(known.checkpoint.sharedMemory(UInt64(inode.sharedMemoryID)))
        #expect(object.kind == .memfd && object.size == .value(49) && object.files.count == 2)
        let content = try #require(object.content.value)
        #expect(content.size == 49 && content.missingCount == 0)
        #expect(try #require(sparse.inode.value).size == 12288)
    }

    @Test("One open file under several descriptors, and another of the same path")
    func shared() throws {
        let plain = try known.file(pid, 7)
        #expect(known.checkpoint.uses(of: plain.reference) == [7, 77, 200].map { .descriptor(pid: pid, number: $0) })
        let both = try known.file(pid, 66)
        let uses = known.checkpoint.uses(of: both.reference)
        #expect(uses.contains(.descriptor(pid: child, number: 40)) && uses.contains(.descriptor(pid: pid, number: 66)))
        #expect(try known.file(pid, 70).id != known.file(child, 70).id)
    }

    @Test("Files in flight have no descriptor, or one more")
    func inFlight() throws {
        let receiver = try known.file(pid, 69)
        let packets = known.checkpoint.queuedPackets(at: receiver)
        #expect(packets.map { String(decoding: $0.content.prefix(100), as: UTF8.self) } == ["take these"])
        let files = packets.flatMap(\.rights).compactMap { id in known.checkpoint.files.first { $0.id == id } }
        #expect(files.map(\.target.value) == ["/srv/forensics/files/passed.txt", "anon_inode:[eventfd]"])
        #expect(known.checkpoint.uses(of: files[0].reference) == [.inFlight(socket: receiver.id)])
        #expect(
            known.checkpoint.uses(of: files[1].reference) == [
                .descriptor(pid: pid, number: 67), .inFlight(socket: receiver.id),
            ])
    }

    @Test("Every file that the images list is there for a reason", arguments: KnownCheckpoint.names)
    func reasons(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        for file in checkpoint.files {
            #expect(!checkpoint.uses(of: file.reference).isEmpty, "\(name), \(file.origin)")
        }
    }

    private func text(_ content: Known<Content>) throws -> String {
        String(decoding: try #require(content.value).prefix(1 << 16), as: UTF8.self)
    }
}
