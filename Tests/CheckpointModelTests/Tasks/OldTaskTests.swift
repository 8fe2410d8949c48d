import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("What old versions of CRIU kept in images of their own, and values that are new or odd")
struct OldTaskTests {
    @Test("Timers, limits, handlers and signals beside the core image")
    func images() throws {
        var source = MemorySource.task(.x86)
        let timer = MessageBuilder().fields(from: 1, [5, 250_000, 9, 1])
        source["itimers-1.img"] = [timer, timer, timer].reduce(ImageBuilder(.itimers)) { $0.entry($1) }
        source["posix-timers-1.img"] = ImageBuilder(.posixTimers).entry(
            MessageBuilder().fields(from: 1, [7, 1, 40, 4, 66, 2, 10, 500, 3, 4]).signed(11, 12))
        source["rlimit-1.img"] = ImageBuilder(.rlimit).entry(MessageBuilder().varint(1, 1).varint(2, .max))
            .entry(MessageBuilder().varint(1, 2).varint(2, 3))
        source["sigacts-1.img"] = (1...62).reduce(ImageBuilder(.sigact)) { image, number in
            image.entry(MessageBuilder().varint(1, UInt64(number) * 16).varint(2, 4).varint(3, 0).varint(4, 1))
        }
        let info = [UInt8](repeating: 0, count: 128)
        source["signal-s-1.img"] = ImageBuilder(.signal).entry(MessageBuilder().bytes(1, [10] + info.dropFirst()))
        source["signal-p-1.img"] = ImageBuilder(.psignal).entry(MessageBuilder().bytes(1, [12] + info.dropFirst()))
        let details = try source.details()
        let timers = try #require(details.intervalTimers.value)
        #expect(timers.map(\.kind) == [.real, .virtual, .profiling])
        #expect(timers[2].interval == TimeValue(seconds: 5, nanoseconds: 250_000_000))
        #expect(timers[2].origin == Origin("itimers-1.img", entry: 2))
        let posix = try #require(details.posixTimers.value?.first)
        #expect(posix.id == 7 && posix.threadID == 12 && posix.overrun == 2 && posix.signal.name == "SIGRTMIN+6")
        #expect(details.limits.value?.map(\.name) == ["RLIMIT_CPU", "RLIMIT_FSIZE"])
        #expect(details.limits.value?.first?.hard == ResourceLimit.unlimited)
        let actions = try #require(details.signalActions.value)
        #expect(actions.count == 62 && actions.first { $0.signal.number == 10 }?.handler == 9 * 16)
        #expect(!actions.contains { ["SIGKILL", "SIGSTOP"].contains($0.signal.name) })
        #expect(actions.last?.signal.number == 64)
        #expect(details.pendingSignals.value?.map(\.signal.name) == ["SIGUSR1"])
        #expect(try source.thread().pendingSignals.value?.map(\.signal.name) == ["SIGUSR2"])
    }

    @Test("Credentials beside the core image")
    func credentials() throws {
        var source = MemorySource.task(.x86)
        source["creds-1.img"] = ImageBuilder(.creds).entry(
            MessageBuilder().fields(from: 1, [1, 2, 3, 4, 5, 6, 7, 8]).list(11, [0x21, 1]).varint(13, 0x15)
                .list(14, [9, 8]).text(15, "docker-default"))
        let credentials = try #require(try source.thread().credentials.value)
        #expect(credentials.user == .init(real: 1, effective: 3, saved: 5, fileSystem: 7))
        #expect(credentials.group == .init(real: 2, effective: 4, saved: 6, fileSystem: 8))
        #expect(credentials.groups == [9, 8] && credentials.origin.image == "creds-1.img")
        #expect(credentials.effective.names == ["CAP_CHOWN", "CAP_KILL", "CAP_MAC_OVERRIDE"])
        #expect(credentials.secureBits.names == ["SECBIT_NOROOT", "SECBIT_NO_SETUID_FIXUP", "SECBIT_KEEP_CAPS"])
        #expect(credentials.securityLabel == .value("docker-default"))
        #expect(!credentials.hasNoNewPrivileges)
    }

    @Test("Nothing at all: each value says that it is not recorded, or that its image is not there")
    func nothing() throws {
        let source = MemorySource.task(.x86)
        let details = try source.details()
        #expect(details.limits.absence?.reason == .noImage)
        #expect(details.intervalTimers.absence?.reason == .noImage)
        #expect(details.signalActions.absence?.reason == .noImage)
        #expect(details.oomScoreAdjustment.absence?.reason == .notRecorded)
        let thread = try source.thread()
        #expect(thread.credentials.absence?.reason == .noImage)
        #expect(thread.scheduling.absence?.reason == .notRecorded)
        #expect(thread.cgroups.absence?.reason == .notRecorded)
        #expect(thread.restartableSequences.absence?.reason == .notRecorded)
        #expect(thread.parentDeathSignal.absence?.reason == .notApplicable)
        var empty = MemorySource.task(.x86)
        empty["core-1.img"] = ImageBuilder(.core).entry(MessageBuilder().varint(1, 1))
        #expect(try empty.thread().blockedSignals.absence?.detail == "core-1.img has no part about the thread")
        #expect(try empty.details().limits.absence?.detail == "core-1.img has no task part")
    }

    @Test("Names that are not known are numbers")
    func unknown() throws {
        #expect(CapabilitySet(1 << 63 | 1).names == ["CAP_CHOWN", "0x8000000000000000"])
        #expect(SecureBits(1 << 31).names == ["0x80000000"])
        #expect(TaskFlags(0x40 | 0x200_0000).names == ["PF_FORKNOEXEC", "0x2000000"])
        #expect(SchedulingPolicy(rawValue: 99).name == nil && Clock(rawValue: 99).name == nil)
        #expect(MembarrierRegistrations(1 << 4 | 1 << 20).names.last == "0x100000")
        #expect(ResourceLimit(16, soft: 0, hard: 0, nil, Origin("x")).name == nil)
        #expect(ResourceLimit(5, soft: 0, hard: 0, .mips, Origin("x")).name == "RLIMIT_NOFILE")
        #expect(ResourceLimit(7, soft: 0, hard: 0, .mips, Origin("x")).name == "RLIMIT_RSS")
    }

    @Test("Processor time clocks of other processes and threads")
    func clocks() {
        #expect(Clock(rawValue: UInt32(bitPattern: ~Int32(77) << 3 | 2)).name == "processor time of process 77")
        #expect(Clock(rawValue: UInt32(bitPattern: ~Int32(77) << 3 | 6)).name == "processor time of thread 77")
        #expect(Clock(rawValue: UInt32(bitPattern: ~Int32(5) << 3 | 3)).name == nil)
    }

    @Test("Execution domains, whose digits CRIU reads as decimal ones")
    func personality() {
        #expect(Personality(recorded: 40000).names == ["ADDR_NO_RANDOMIZE"])
        #expect(Personality(recorded: 8).names == ["PER_LINUX32"])
        #expect(Personality(recorded: 440_008).value == 0x44_0008)
        #expect(Personality(recorded: 0).names == [])
        // No eight digits make so many.
        #expect(Personality(recorded: 4_000_000_000).value == nil)
        #expect(Personality(recorded: 4_000_000_000).names == ["0xee6b2800"])
    }

    @Test("Policies with the bit that resets them")
    func resetOnFork() throws {
        let thread = try MemorySource.task(.x86, thread: .threadCore().zigzag(3, -5).varint(4, 0x4000_0002)).thread()
        let scheduling = try #require(thread.scheduling.value)
        #expect(scheduling.policy.name == "SCHED_RR" && scheduling.isResetOnFork && scheduling.nice == .value(-5))
    }

    @Test("Control groups as the thread sees them, and sets that are not there")
    func cgroups() throws {
        let member = MessageBuilder().text(1, "cpu").text(2, "/a/b").varint(3, 2)
        var source = MemorySource.task(.x86, thread: .threadCore().varint(16, 5))
        source["cgroup.img"] = ImageBuilder(.cgroup).entry(
            MessageBuilder().message(1, MessageBuilder().varint(1, 5).message(2, member)))
        let membership = try #require(try source.thread().cgroups.value?.first)
        #expect(membership.visiblePath == "/b" && membership.path == "/a/b" && membership.controllers == "cpu")
        var other = MemorySource.task(.x86, thread: .threadCore().varint(16, 6))
        other.images["cgroup.img"] = source.images["cgroup.img"]
        #expect(try other.thread().cgroups.absence?.detail == "cgroup.img has no set 6")
        other["inventory.img"] = ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 2).varint(5, 6))
        #expect(try other.thread().cgroups.absence?.detail.contains("CRIU itself") == true)
        let long = CgroupMembership(controllers: "", path: "/a", hiddenPrefix: 99, origin: Origin("x"))
        #expect(long.visiblePath == "/a")
        #expect(CgroupMembership(controllers: "", path: "/a", hiddenPrefix: 2, origin: Origin("x")).visiblePath == "/")
    }

    @Test("MIPS has 128 signals, and blocks them in two masks")
    func mips() throws {
        let task = MessageBuilder.taskCore(blocked: 1).varint(20, 1)
        let source = MemorySource.task(.mips, .mips(v0: 0), task: task)
        #expect(try source.thread().blockedSignals.value?.signals.map(\.number) == [1, 65])
        let ended = MemorySource.task(.mips, task: .taskCore(state: 6, exitCode: 10))
        let process = try #require(ended.open().process(1))
        #expect(process.exitCode == .value(.killed(signal: Signal(10, .mips), dumpedCore: false)))
        let actions = (1...126).reduce(MessageBuilder.taskCore()) { task, number in
            task.message(15, MessageBuilder().varint(1, UInt64(number) * 16).varint(2, 8).varint(3, 0).varint(4, 0))
        }
        let handlers = try #require(try MemorySource.task(.mips, task: actions).details().signalActions.value)
        #expect(handlers.count == 126 && handlers.last?.signal.number == 128)
        #expect(!handlers.contains { $0.signal.number == 9 || $0.signal.number == 23 })
        #expect(handlers.first?.flagNames == ["SA_SIGINFO"])
    }

    @Test("Processes that share their memory")
    func shared() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0), (2, 1), (3, 1)])
        for (pid, ids) in [(1, [1, 1, 1, 1]), (2, [1, 2, 1, 2]), (3, [3, 3, 3, 3])] as [(Int, [UInt64])] {
            source["ids-\(pid).img"] = ImageBuilder(.ids).entry(MessageBuilder().fields(from: 1, ids))
        }
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        let shared = try #require(checkpoint.details(of: process).sharedResources.value)
        #expect(shared.memory.processes == [2] && shared.directories.processes == [2] && !shared.isEmpty)
        #expect(shared.files.count == 0 && shared.signalHandlers.count == 0)
        let alone = checkpoint.details(of: try #require(checkpoint.process(3))).sharedResources.value
        #expect(alone?.isEmpty == true)
    }

    @Test("5,000 processes that claim one address space are told in seconds")
    func manySharers() throws {
        var source = MemorySource()
        source.addProcesses((1...5000).map { ($0, $0 == 1 ? 0 : 1) })
        for pid in 1...5000 {
            let core = MessageBuilder().varint(1, 1).message(3, .taskCore())
                .message(4, MessageBuilder().fields(from: 1, [1, 1, 1, 1]))
            source["core-\(pid).img"] = ImageBuilder(.core).entry(core)
        }
        let checkpoint = source.open()
        let shared = quickly {
            (checkpoint.processes.value ?? []).compactMap {
                checkpoint.details(of: $0).sharedResources.value?.memory
            }
        }
        #expect(shared.count == 5000 && shared.allSatisfy { $0.count == 4999 && $0.processes.count == 100 })
    }
}
