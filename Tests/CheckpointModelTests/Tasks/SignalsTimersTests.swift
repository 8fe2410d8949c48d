import CheckpointTestSupport
import Testing

@testable import CheckpointModel

/// What the workload of `signals-timers` set up, and of other scenarios where they have the like.
@Suite("Signals, timers and registers that a workload set up")
struct SignalsTimersTests {
    private static let pid = 5020

    private func task() throws -> KnownTask { try KnownTask.one(Self.pid, of: "signals-timers") }

    private func thread(_ id: Int) throws -> ThreadDetails {
        try #require(try task().threads.first { $0.details.id == id }).details
    }

    @Test("Signals that wait for the process, in order, with their values")
    func processQueue() throws {
        let queue = try #require(try task().details.pendingSignals.value)
        // The order of different signals is the kernel's; that of one signal is the order in which it was sent.
        let queued = queue.filter { $0.signal.number == 35 }
        #expect(queued.compactMap(\.value?.integer) == [100, 101, 102, 103])
        #expect(
            queued.allSatisfy { $0.codeName == "SI_QUEUE" && $0.sender == SignalSender(pid: Int32(Self.pid), uid: 0) })
        let last = try #require(queue.first { $0.signal.number == 64 })
        #expect(last.signal.name == "SIGRTMIN+30" && last.value?.pointer == 0xFEED_FACE_CAFE_BEEF)
        let killed = queue.filter { $0.signal.name == "SIGUSR1" }
        #expect(killed.map(\.detail) == [.value(.sent(by: SignalSender(pid: Int32(Self.pid), uid: 0)))])
        #expect(killed.first?.codeName == "SI_USER")
        // The timer that fired into a blocked mask.
        let timer = try #require(queue.first { $0.signal.name == "SIGRTMIN+7" })
        guard case .timer(let id, _, let value) = timer.detail.value else { throw TruthError(text: "\(timer)") }
        #expect(id == 4 && value.integer == 77 && timer.codeName == "SI_TIMER")
    }

    @Test("Signals that wait for a thread")
    func threadQueue() throws {
        let queue = try #require(try thread(5021).pendingSignals.value)
        #expect(queue.filter { $0.signal.number == 36 }.compactMap(\.value?.integer) == [7000, 7001, 7002])
        let other = try #require(queue.first { $0.signal.number == 12 })
        #expect(other.signal.name == "SIGUSR2" && other.codeName == "SI_TKILL")
        #expect(other.detail == .value(.sent(by: SignalSender(pid: Int32(Self.pid), uid: 0))))
        #expect(queue.count == 4 && queue.allSatisfy { $0.bytes.count == 128 })
    }

    @Test("A value in the order of bytes of the machine", arguments: ["chain/3", "arm64", "s390x", "ppc64el"])
    func value(_ name: String) throws {
        let tasks = try KnownTask.all(of: name)
        let queue = tasks.flatMap { $0.details.pendingSignals.value ?? [] }
        #expect(queue.map(\.signal.number) == [37])
        #expect(queue.first?.value?.integer == 4711 && queue.first?.codeName == "SI_QUEUE")
        let timers = tasks.flatMap { $0.details.posixTimers.value ?? [] }
        #expect(timers.map(\.value.integer) == [0x5EED] && timers.first?.signal.number == 39)
    }

    @Test(
        "Handlers with their flags and masks",
        arguments: [
            (10, 0x5589_A806_536A, 0x1000_0000, [12, 15]), (15, 0x5589_A806_5369, 0x0800_0004, []),
            (17, 0x5589_A806_536A, 0x3, [1]), (35, 0x5589_A806_5369, 0x4000_0004, [64]),
            (64, 0x5589_A806_5369, 0x9000_0004, [35, 36]),
        ] as [(Int, UInt64, UInt64, [Int])])
    func handlers(_ number: Int, _ address: UInt64, _ flags: UInt64, _ mask: [Int]) throws {
        let actions = try #require(try task().details.signalActions.value)
        let action = try #require(actions.first { $0.signal.number == number })
        #expect(action.handler == address)
        // The C library adds SA_RESTORER.
        #expect(action.flags == flags | 0x0400_0000)
        #expect(action.mask.signals.map(\.number) == mask)
        #expect(action.flagNames.contains("SA_RESTORER") && action.restorer != 0)
    }

    @Test("Interval timers")
    func intervalTimers() throws {
        let timers = try #require(try task().details.intervalTimers.value)
        #expect(timers.map(\.kind) == [.real, .virtual, .profiling])
        #expect(timers[0].interval == TimeValue(seconds: 500, nanoseconds: 250_000_000))
        #expect(timers[0].remaining.seconds > 99_000 && timers[0].remaining.seconds < 100_000)
        #expect(timers[1].interval.isZero && timers[1].remaining.seconds >= 3590 && timers[1].isArmed)
        #expect(timers[2].interval == TimeValue(seconds: 60, nanoseconds: 0) && timers[2].remaining.seconds >= 7190)
    }

    @Test("POSIX timers")
    func posixTimers() throws {
        let timers = try #require(try task().details.posixTimers.value).sorted { $0.id < $1.id }
        #expect(timers.map(\.id) == [0, 1, 2, 4])
        #expect(
            timers.map(\.clock.name) == ["CLOCK_MONOTONIC", "CLOCK_REALTIME", "CLOCK_BOOTTIME", "CLOCK_MONOTONIC"])
        #expect(
            timers[0].value.pointer == 0x1122_3344_5566_7788
                && timers[0].interval == TimeValue(seconds: 10, nanoseconds: 500))
        #expect(timers[0].signal.name == "SIGRTMIN+4" && timers[0].notification.name == "SIGEV_SIGNAL")
        #expect(timers[1].notification.name == "SIGEV_NONE" && timers[1].remaining.seconds > 2_000_000_000)
        #expect(timers[2].notification.name == "SIGEV_THREAD_ID" && timers[2].threadID == Self.pid)
        #expect(timers[2].value.integer == 66 && timers[2].interval == TimeValue(seconds: 3600, nanoseconds: 0))
        #expect(timers[3].value.integer == 77 && timers[3].interval == TimeValue(seconds: 100_000, nanoseconds: 0))
    }

    @Test("Registers that a thread had loaded")
    func registers() throws {
        let registers = try #require(try thread(5022).registers.value)
        #expect(registers["rbx"]?.value == 0xBBBB_BBBB_0000_000B)
        #expect(registers["r12"]?.value == 0x1212_1212_0000_0012 && registers["r15"]?.value == 0x1515_1515_0000_0015)
        #expect(registers["xmm7"]?.words == [0x1111_1111_2222_2222, 0x3333_3333_4444_4444])
        #expect(registers["xmm15"]?.hexadecimal == "77777777888888885555555566666666")
        #expect(registers["ymm7"]?.words.prefix(2) == [0x1111_1111_2222_2222, 0x3333_3333_4444_4444])
        // 3.25 is 1.625 times 2.
        #expect(registers["st0"]?.hexadecimal == "4000d000000000000000")
        #expect(registers["mxcsr"]?.value == 0x7F80)
    }

    @Test("A thread in user mode")
    func userMode() throws {
        let spinning = try thread(5023)
        #expect(spinning.activity == .value(.userMode) && spinning.systemCall == nil)
        #expect(spinning.registers.value?["orig_rax"]?.value == .max)
        #expect(try thread(5022).systemCall?.name == "pause")
    }

    @Test(
        "Thread-local data of each thread",
        arguments: zip(
            [5020, 5021, 5022, 5023, 5024],
            [0x7F52_750C_2740, 0x7F52_750C_16C0, 0x7F52_750B_06C0, 0x7F52_7509_F6C0, 0x7F52_7508_E6C0] as [UInt64]))
    func threadPointers(_ id: Int, _ address: UInt64) throws {
        #expect(try thread(id).registers.value?.threadPointer == .value(address))
    }

    @Test("Robust lists, alternate stacks, areas for restartable sequences")
    func areas() throws {
        let thread = try thread(5024)
        #expect(thread.robustList == .value(RobustList(address: 0x7F52_7508_E9A0, length: 24)))
        let stack = try #require(thread.alternateStack.value)
        #expect(stack.address == 0x5589_A806_9160 && stack.size == 16384 && stack.isEnabled && !stack.isInUse)
        let main = try #require(try self.thread(Self.pid).alternateStack.value)
        #expect(main.address == 0x5589_A806_D160 && main.size == 12288)
        #expect(try self.thread(5023).alternateStack.value?.isEnabled == false)
        for known in try task().threads {
            let area = try #require(known.details.restartableSequences.value)
            // The C library has it in the thread's own block of data.
            let pointer = try #require(known.details.registers.value?.threadPointer.value)
            #expect(area.isRegistered && area.address > pointer && area.address < pointer + 4096)
            #expect(area.length == 32 && area.signature == 0x5305_3053)
            // The kernel clears the id there when the thread ends.
            let clear = try #require(known.details.registers.value?.clearThreadIDAddress)
            #expect(clear > pointer && clear < pointer + 4096)
        }
    }

    @Test("Thread pointers of other machines", arguments: ["chain/3", "arm64", "s390x", "ppc64el"])
    func otherThreadPointers(_ name: String) throws {
        let records = try SnapshotTruth(try Scenario.named(name).truth()).records.filter { $0.kind == "thread" }
        #expect(records.count == 4)
        var distances: Set<UInt64> = []
        for known in try KnownThread.all(of: name) {
            guard let record = records.first(where: { $0.tid == known.details.id }) else { continue }
            let pointer = try #require(known.details.registers.value?.threadPointer.value)
            distances.insert(pointer &- (try UInt64(hexadecimalText: record.pthreadSelf ?? "")))
        }
        // The same distance for each thread of a machine; none where the pointer is that of the thread's block.
        #expect(distances.count == 1)
        if name == "chain/3" || name == "s390x" {
            #expect(distances == [0])
        } else {
            #expect(distances.first! < 1 << 16)
        }
    }

    @Test("A process inside the handler of a fault")
    func fault() throws {
        let task = try KnownTask.one(4888, of: "crash")
        let main = try #require(task.threads.first).details
        #expect(main.systemCall?.name == "pause" && main.systemCall?.isRestarted == true)
        #expect(main.blockedSignals.value?.signals.map(\.name) == ["SIGSEGV"])
        #expect(task.details.caughtSignals.value?.signals.map(\.name) == ["SIGSEGV", "SIG33"])
        // The fault was delivered: what it told is on the stack, and no longer waits.
        #expect(main.faultAddress == nil)
        #expect(task.threads.compactMap(\.details.systemCall?.name) == ["pause", "read", "futex"])
    }
}

extension PendingSignal {
    fileprivate var value: SignalValue? {
        guard case .queued(_, let value) = detail.value else { return nil }
        return value
    }

    fileprivate var sender: SignalSender? {
        guard case .queued(let sender, _) = detail.value else { return nil }
        return sender
    }
}
