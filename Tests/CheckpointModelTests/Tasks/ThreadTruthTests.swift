import CheckpointModel
import Testing

/// Compares threads with what /proc said of them just before the dump.
@Suite("The threads of dumps with known contents")
struct ThreadTruthTests {
    @Test("User and group ids, supplementary groups", arguments: KnownCheckpoint.names)
    func ids(_ name: String) throws {
        for thread in try KnownThread.all(of: name) {
            let credentials = try #require(thread.details.credentials.value)
            #expect(credentials.user.all == thread.truth.users, "\(thread)")
            #expect(credentials.group.all == thread.truth.groups, "\(thread)")
            #expect(credentials.groups == thread.truth.supplementaryGroups, "\(thread)")
        }
    }

    @Test("Capabilities, and whether privileges can be gained", arguments: KnownCheckpoint.names)
    func capabilities(_ name: String) throws {
        for thread in try KnownThread.all(of: name) {
            let credentials = try #require(thread.details.credentials.value)
            let sets = [
                "CapInh": credentials.inheritable, "CapPrm": credentials.permitted, "CapEff": credentials.effective,
                "CapBnd": credentials.bounding, "CapAmb": credentials.ambient,
            ]
            // CRIU 3.17.1 does not keep the ambient ones apart from an empty set.
            for (key, set) in sets { #expect(set.mask == thread.truth.masks[key], "\(thread) \(key)") }
            #expect(credentials.hasNoNewPrivileges == thread.truth.hasNoNewPrivileges, "\(thread)")
        }
    }

    @Test("Mode of seccomp and number of filters", arguments: KnownCheckpoint.names)
    func seccomp(_ name: String) throws {
        for thread in try KnownThread.all(of: name) {
            let seccomp = try #require(thread.details.seccomp.value)
            #expect(seccomp.mode.rawValue == thread.truth.seccompMode, "\(thread)")
            #expect(seccomp.filters.count == thread.truth.filterCount, "\(thread)")
        }
    }

    @Test("Policy, priority and nice value", arguments: KnownCheckpoint.names)
    func scheduling(_ name: String) throws {
        for thread in try KnownThread.all(of: name) {
            let scheduling = try #require(thread.details.scheduling.value)
            #expect(scheduling.policy.rawValue == thread.truth.policy, "\(thread)")
            #expect(scheduling.priority == .value(thread.truth.realTimePriority), "\(thread)")
            #expect(scheduling.nice == .value(thread.truth.nice), "\(thread)")
        }
    }

    @Test("Blocked and pending signals", arguments: KnownCheckpoint.names)
    func signals(_ name: String) throws {
        for task in try KnownTask.all(of: name) {
            for thread in task.threads {
                // While a thread waits for signals, the kernel takes these out of its mask.
                let waited = thread.details.systemCall?.name == "rt_sigtimedwait" ? UInt64(1 << 9) : 0
                let blocked = try #require(thread.details.blockedSignals.value).mask
                #expect(blocked & ~waited == (thread.truth.masks["SigBlk"] ?? 0) & ~waited, "\(thread)")
                #expect(thread.details.pendingSignals.map(\.mask) == .value(thread.truth.masks["SigPnd"] ?? 0))
                #expect(task.details.pendingSignals.map(\.mask) == .value(thread.truth.masks["ShdPnd"] ?? 0))
            }
        }
    }

    @Test("Ignored and caught signals", arguments: KnownCheckpoint.names)
    func handlers(_ name: String) throws {
        for task in try KnownTask.all(of: name) {
            let masks = try #require(task.truth.threads.first).masks
            #expect(task.details.ignoredSignals.map(\.mask) == .value(masks["SigIgn"] ?? 0), "\(task)")
            #expect(task.details.caughtSignals.map(\.mask) == .value(masks["SigCgt"] ?? 0), "\(task)")
            #expect(task.details.signalActions.value?.count == 62)
        }
    }

    @Test("Systems calls, stack and instruction pointers", arguments: KnownCheckpoint.names)
    func systemCalls(_ name: String) throws {
        for thread in try KnownThread.all(of: name) {
            let registers = try #require(thread.details.registers.value)
            guard thread.truth.systemCall != "running" else {
                #expect(thread.details.activity == .value(.userMode), "\(thread)")
                continue
            }
            let words = thread.truth.systemCall.split(separator: " ")
            let call = try #require(thread.details.systemCall)
            #expect(call.number == UInt64(words[0]), "\(thread)")
            #expect(call.name != nil)
            #expect(registers.stackPointer == .value(try UInt64(hexadecimalText: words[7])), "\(thread)")
            let moved = try UInt64(hexadecimalText: words[8]) - registers.instructionPointer
            let size: UInt64 = ["x86_64", "s390x"].contains(registers.architecture.name) ? 2 : 4
            #expect(moved == 0 || moved == size, "\(thread)")
            // Only some machines tell by their registers.
            if registers.architecture.name == "x86_64" { #expect((call.progress == .restarts) == (moved == size)) }
            if call.progress == .interrupted || call.progress == .restartsUnmoved { #expect(moved == 0, "\(thread)") }
        }
    }
}

extension Credentials.Identity {
    var all: [UInt32] { [real, effective, saved, fileSystem] }
}

extension [PendingSignal] {
    /// The signals as a mask.
    var mask: UInt64 { reduce(0) { $0 | 1 << UInt64($1.signal.number - 1) } }
}
